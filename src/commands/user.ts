/** `myoserve user ACTION`: users, with or without a server that runs. */
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'
import { type Actions, runAction, usageOf } from './actions.ts'

const load = async <Name extends keyof typeof import('./user/actions.ts')>(name: Name) =>
  (await import('./user/actions.ts'))[name]

const ACTIONS: Actions = {
  add: {
    usage: 'add NAME --role ROLE[,ROLE] [--display-name TEXT] [--link]',
    summary: 'make a user, with a password that is typed or comes by standard input',
    takes: [1, 1],
    load: () => load('addUser'),
  },
  list: {
    usage: 'list [--json]',
    summary: 'the users, their roles and how they stand',
    takes: [0, 0],
    load: () => load('listUsers'),
  },
  disable: {
    usage: 'disable NAME',
    summary: 'let a user in no more, and end all login sessions',
    takes: [1, 1],
    load: () => load('disableUser'),
  },
  enable: {
    usage: 'enable NAME',
    summary: 'let a user in again, also one who is locked out by wrong passwords',
    takes: [1, 1],
    load: () => load('enableUser'),
  },
  roles: {
    usage: 'roles NAME ROLE[,ROLE]',
    summary: 'give a user these roles, and no others',
    takes: [2, 2],
    load: () => load('setRoles'),
  },
  passwd: {
    usage: 'passwd NAME [--link]',
    summary: 'set a password, and end all login sessions',
    takes: [1, 1],
    load: () => load('setPassword'),
  },
  logout: {
    usage: 'logout NAME',
    summary: 'end all login sessions of a user',
    takes: [1, 1],
    load: () => load('logoutUser'),
  },
  link: {
    usage: 'link NAME SUBJECT',
    summary: 'let whom the provider of OIDC_ISSUER knows as SUBJECT log in as a user',
    takes: [2, 2],
    load: () => load('linkUser'),
  },
  unlink: {
    usage: 'unlink NAME',
    summary: 'end that, and all login sessions of the user',
    takes: [1, 1],
    load: () => load('unlinkUser'),
  },
}

export const userCommand = (program: Program): Command => ({
  name: 'user',
  summary: 'Make, list, change, disable and log out users',
  usage: usageOf(ACTIONS),
  options: {
    role: { type: 'string', value: 'ROLE', summary: 'add: roles, with commas between' },
    'display-name': { type: 'string', value: 'TEXT', summary: 'add: what people call the user' },
    link: {
      type: 'boolean',
      summary: 'add, passwd: print a one-time link on which the user chooses a password',
    },
    json: { type: 'boolean', summary: 'list: print JSON' },
  },
  run: (invocation) => runAction('user', ACTIONS, program, invocation),
})
