/** `myoserve key ACTION`: keys of lab software, with or without a server that runs. */
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'
import { type Actions, runAction, usageOf } from './actions.ts'

const load = async <Name extends keyof typeof import('./key/actions.ts')>(name: Name) =>
  (await import('./key/actions.ts'))[name]

const ACTIONS: Actions = {
  add: {
    usage: 'add NAME --permission NAME[,NAME] [--patients CODE[,CODE]] [--expires TIME]',
    summary: 'make a key, and print it: it is shown once',
    takes: [1, 1],
    load: () => load('addKey'),
  },
  list: {
    usage: 'list [--json]',
    summary: 'the keys, without their secrets',
    takes: [0, 0],
    load: () => load('listKeys'),
  },
  revoke: {
    usage: 'revoke NAME|ID',
    summary: 'have a key let in no more',
    takes: [1, 1],
    load: () => load('revokeKey'),
  },
}

export const keyCommand = (program: Program): Command => ({
  name: 'key',
  summary: 'Make, list and revoke the keys of lab software',
  usage: usageOf(ACTIONS),
  options: {
    permission: { type: 'string', value: 'NAME', summary: 'add: permissions, with commas between' },
    patients: { type: 'string', value: 'CODE', summary: 'add: the patients it sees; all where absent' },
    expires: {
      type: 'string',
      value: 'TIME',
      summary: 'add: ends after a time such as 90d; never where absent',
    },
    json: { type: 'boolean', summary: 'list: print JSON' },
  },
  run: (invocation) => runAction('key', ACTIONS, program, invocation),
})
