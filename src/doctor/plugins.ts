/** Examines the plugins as they load: that the external ones are pinned and unchanged, and that none is set aside. */
import type { Finding } from '../plugin/examination.ts'
import type { PluginState } from '../plugin/slot.ts'
import { fault, ok, warning } from './finding.ts'

/** The command that a reason names, if it names one. */
const commandIn = (reason: string): string | undefined => /`(myoserve [^`]+)`/.exec(reason)?.[1]

/** Code that nobody has pinned is not run, so that it breaks nothing; what is pinned and cannot be run, does. */
export function examinePlugins(
  states: readonly PluginState[],
  pinned: ReadonlySet<string>,
): readonly Finding[] {
  const aside = states.filter(({ state }) => state === 'quarantined')
  if (aside.length === 0) {
    const external = states.filter(({ origin }) => origin === 'external').length
    return [ok(`All ${states.length} plugins load; ${external} are external, pinned and unchanged.`)]
  }
  return aside.map(({ name, origin, reason = '' }) => {
    const expected = origin === 'built-in' || pinned.has(name)
    const help = commandIn(reason) ?? 'myoserve plugin list'
    return (expected ? fault : warning)(`The plugin ${name} is set aside: ${reason}.`, help)
  })
}
