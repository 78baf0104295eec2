/** `myoserve doctor`: says what is well and what is not, beside a server that runs. */
import type { Diagnosis } from '../doctor/finding.ts'
import { EXIT, Failure } from '../exit.ts'
import type { FindingLevel } from '../plugin/examination.ts'
import type { Program } from '../program.ts'
import type { Command, Terminal } from '../terminal/command.ts'
import { clean, painter } from '../terminal/text.ts'

const COLORS = { ok: 'dim', warning: 'yellow', fault: 'bold' } as const

const INDENT = ' '.repeat(9)

function print(terminal: Terminal, { level, of, sentence, help }: Diagnosis): void {
  const paint = painter(terminal.color)
  const word = paint(COLORS[level], level) + ' '.repeat(INDENT.length - level.length)
  terminal.out(`${word}${clean(of)}: ${clean(sentence)}\n`)
  if (help !== undefined) terminal.out(`${INDENT}-> ${clean(help)}\n`)
}

/** One line on standard error, where a person watches. */
function notes(terminal: Terminal): { say(note: string): void; wipe(): void } {
  if (!terminal.interactive) return { say() {}, wipe() {} }
  return {
    say: (note) => terminal.err(`\r\u001b[K${clean(note).slice(0, terminal.columns - 1)}`),
    wipe: () => terminal.err('\r\u001b[K'),
  }
}

const counted = (diagnoses: readonly Diagnosis[]): Record<FindingLevel, number> => {
  const count = (level: FindingLevel): number => diagnoses.filter((each) => each.level === level).length
  return { ok: count('ok'), warning: count('warning'), fault: count('fault') }
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

export const doctorCommand = (program: Program): Command => ({
  name: 'doctor',
  summary: 'Examine data folder, database, recordings and jobs; change nothing',
  usage: '[--deep] [--json]',
  options: {
    deep: { type: 'boolean', summary: 'Read every stored recording, and hold its bytes against its hash' },
    json: { type: 'boolean', summary: 'Print the findings as JSON' },
  },
  async run({ args, options, terminal }) {
    if (args.length > 0)
      throw new Failure(EXIT.usage, 'doctor takes no arguments; see `myoserve doctor --help`')
    const [{ examineInstallation }, { exitCodeOf }] = await Promise.all([
      import('../doctor/examine.ts'),
      import('../doctor/finding.ts'),
    ])
    const line = notes(terminal)
    const diagnoses: Diagnosis[] = []
    const found = examineInstallation({ program, deep: options.deep === true, progress: line.say })
    for await (const diagnosis of found) {
      diagnoses.push(diagnosis)
      line.wipe()
      if (!options.json) print(terminal, diagnosis)
    }
    line.wipe()
    const exitCode = exitCodeOf(diagnoses)
    const counts = counted(diagnoses)
    if (options.json) {
      const findings = diagnoses.map(({ exitCode: _, ...rest }) => rest)
      terminal.out(`${JSON.stringify({ ...counts, exitCode, findings }, null, 2)}\n`)
    } else {
      terminal.out(
        `${plural(counts.fault, 'fault')}, ${plural(counts.warning, 'warning')}, ${counts.ok} ok\n`,
      )
    }
    return exitCode
  },
})
