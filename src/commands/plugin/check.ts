/** `myoserve plugin check FILE|DIR`: whether the server would take a plugin. */
import { EXIT } from '../../exit.ts'
import type { Action } from '../actions.ts'
import { examinePlugin } from './examine-in-worker.ts'

export const checkPlugin: Action = async (program, { args: [source = ''], terminal }) => {
  await examinePlugin(source, program, (sentence) => terminal.out(`ok  ${sentence}\n`))
  return EXIT.ok
}
