/** `myoserve config`: the effective settings, each with its origin. */
import type { EffectiveValue } from '../config/load.ts'
import { EXIT } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'

const nameOf = ({ name }: EffectiveValue): string => (name.section ? `${name.section}.${name.key}` : name.key)

const shown = ({ name, value }: EffectiveValue): unknown =>
  value !== undefined && name.info.secret ? '[redacted]' : (value ?? null)

export const configCommand = ({ configuration }: Program): Command => ({
  name: 'config',
  summary: 'Print the effective settings with their origin, secrets redacted',
  usage: '[--json]',
  options: { json: { type: 'boolean', summary: 'Print JSON' } },
  async run({ options, terminal }) {
    const { values } = configuration
    if (options.json) {
      const entries = values.map((each) => [
        nameOf(each),
        { value: shown(each), origin: each.origin, env: each.name.env, flag: `--${each.name.flag}` },
      ])
      terminal.out(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
      return EXIT.ok
    }
    const rows = values.map((each) => [
      nameOf(each),
      String(shown(each) ?? '') || '-',
      each.origin,
      each.name.env,
      each.name.info.summary,
    ])
    const header = ['SETTING', 'VALUE', 'ORIGIN', 'ENVIRONMENT', '']
    const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i]?.length ?? 0)))
    for (const row of [header, ...rows]) {
      terminal.out(
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
      )
    }
    return EXIT.ok
  },
})
