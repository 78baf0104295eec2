/** A browser and its system, which the server names in English. */
import { words } from './words.ts'

/** @param agent such as `Firefox 140 on Windows`, `another program`, `another program on Linux` */
export function agentText(agent: string): string {
  const t = words()
  const [program = '', system] = agent.split(' on ')
  const named = program === 'another program' ? t.otherProgram : program
  return system === undefined ? named : t.agentOn(named, system)
}
