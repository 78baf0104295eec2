/** `myoserve plugin list`: which plugins there are, and how they stand. */
import { EXIT } from '../../exit.ts'
import { createOfflineHost } from '../../program.ts'
import { clean } from '../../terminal/text.ts'
import type { Action } from '../actions.ts'

export const listPlugins: Action = async (program, { options, terminal }) => {
  const disabled = program.external.disabled.map((each) => ({
    ...each,
    summary: `\`myoserve plugin enable ${each.name}\` has it loaded`,
    origin: 'external' as const,
    state: 'disabled' as const,
    reason: undefined,
  }))
  const states = [...(await createOfflineHost(program)).states(), ...disabled]
  if (options.json) {
    terminal.out(`${JSON.stringify(states, null, 2)}\n`)
    return EXIT.ok
  }
  const width = (of: (state: (typeof states)[number]) => string) =>
    Math.max(...states.map((state) => clean(of(state)).length))
  const [names, versions] = [width(({ name }) => name), width(({ version }) => version)]
  for (const { name, version, state, reason, summary } of states) {
    const cells = [clean(name).padEnd(names), clean(version).padEnd(versions), state.padEnd(11)]
    terminal.out(`${cells.join('  ')}  ${clean(reason ?? summary)}\n`)
  }
  return EXIT.ok
}
