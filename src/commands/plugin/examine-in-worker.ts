/** Has a plugin examined in a worker: whatever its code does, it costs no more than that worker. */
import { basename } from 'node:path'
import { HOST } from '../../database/host-migrations.ts'
import { EXIT, Failure } from '../../exit.ts'
import { SOURCE_FILE } from '../../plugin/external/fingerprint.ts'
import { readPins } from '../../plugin/external/lock.ts'
import { isRefusal } from '../../plugin/external/refusal.ts'
import type { Program } from '../../program.ts'
import { isTaskError } from '../../workers/errors.ts'
import { isPluginFault } from '../../workers/fault.ts'
import type { Quarantined } from '../../workers/protocol.ts'
import { EXAMINE, type Examination, type Examined } from './examine.ts'

/**
 * @param report called with a sentence about what has been found in order, as it is found
 * @throws {Failure} 65 with what is wrong with the plugin, in one sentence
 */
export async function examinePlugin(
  source: string,
  { workers, pluginsFolder }: Program,
  report: (sentence: string) => void = () => undefined,
): Promise<Examined> {
  const refuse = (reason: string, cause: unknown): never => {
    throw new Failure(EXIT.badData, `${source}: ${reason}`, { cause })
  }
  const said = new Set<string>()
  const answer = (sentence: unknown): void => {
    if (!said.has(String(sentence))) report(String(sentence))
    said.add(String(sentence))
  }
  const label = basename(source).replace(SOURCE_FILE, '')
  const without: Quarantined[] = []
  for (;;) {
    try {
      const input: Examination = { source, label, without }
      return await workers.of(HOST).run<Examined>(EXAMINE, input, { answer })
    } catch (error) {
      if (isRefusal(error)) return refuse(error.message, error)
      if (isTaskError(error)) return refuse(`it cannot be examined: ${error.message}`, error)
      if (!isPluginFault(error)) throw error
      const { plugin: name, reason } = error
      const isOther = name !== label && Object.hasOwn(await readPins(pluginsFolder), name)
      // One that is at fault though it was left out is an older self of the one that is examined.
      if (!isOther || without.some((each) => each.name === name)) return refuse(reason, error)
      without.push({ name, reason })
    }
  }
}
