/** What `myoserve user` does. */
import type { Access } from '../../access/access.ts'
import { requireRoles } from '../../access/authority.ts'
import { DisplayName, NewLoginName } from '../../access/names.ts'
import { notLinked, oidcOf, Subject } from '../../access/oidc/subject.ts'
import { hashPassword, NewPassword, requireUnlike } from '../../access/password.ts'
import { userResource } from '../../access/users/resource.ts'
import { type User, userOf } from '../../access/users/store.ts'
import { EXIT, Failure } from '../../exit.ts'
import type { Terminal } from '../../terminal/command.ts'
import { readSecret } from '../../terminal/read-secret.ts'
import { clean } from '../../terminal/text.ts'
import type { Action } from '../actions.ts'
import { valid, words } from '../given.ts'
import { useAccess } from '../use-access.ts'

const MANAGE = 'users:manage'

/** @throws {Failure} 65 */
async function present({ users }: Access, name: string): Promise<User> {
  const row = await users.byName(name.trim().toLowerCase())
  if (!row)
    throw new Failure(EXIT.badData, `there is no user "${clean(name)}"; \`myoserve user list\` has them all`)
  return userOf(row)
}

/** Twice where somebody types it. */
async function newPassword(name: string, terminal: Terminal): Promise<string> {
  const password = valid('the password', NewPassword, await readSecret(`Password for ${name}: `, terminal))
  requireUnlike(password, name)
  if (process.stdin.isTTY && (await readSecret('Once more: ', terminal)) !== password) {
    throw new Failure(EXIT.usage, 'the two passwords differ')
  }
  return password
}

async function printLink(access: Access, { id, name }: User, terminal: Terminal): Promise<void> {
  const { path, expiresAt } = await access.setup.forUser(id)
  terminal.err(
    `${name} chooses a password, once, until ${expiresAt.toISOString()}, at this path of the server:\n`,
  )
  terminal.out(`${path}\n`)
}

export const addUser: Action = async (program, { args, options, terminal }) => {
  if (typeof options.role !== 'string')
    throw new Failure(EXIT.usage, 'add takes --role, such as --role admin')
  const name = valid('the name', NewLoginName, args[0])
  const displayName = valid('--display-name', DisplayName, options['display-name'] ?? name)
  const roles = words(options.role)
  const password = options.link ? null : await newPassword(name, terminal)
  return useAccess(program, MANAGE, 'COMMAND user add', async (access) => {
    requireRoles(roles, access.catalogue())
    const passwordHash = password === null ? null : await hashPassword(password)
    const user = await access.users.create({ name, displayName, roles, passwordHash })
    if (options.link) await printLink(access, user, terminal)
    else terminal.out(`${name} is there: ${roles.join(', ')}\n`)
    return EXIT.ok
  })
}

/** All of them, page by page. */
async function* allUsers({ users }: Access): AsyncGenerator<User> {
  for (let after: string | undefined; ; ) {
    const page = await users.list(200, after)
    yield* page
    after = page.at(-1)?.id
    if (after === undefined) return
  }
}

export const listUsers: Action = (program, { options, terminal }) =>
  useAccess(program, 'users:read', 'COMMAND user list', async (access) => {
    const all = await Array.fromAsync(allUsers(access))
    if (options.json) terminal.out(`${JSON.stringify(all.map(userResource), null, 2)}\n`)
    else {
      for (const { name, displayName, roles, disabled, hasPassword } of all.toReversed()) {
        const state = disabled ? ' (disabled)' : hasPassword ? '' : ' (no password)'
        terminal.out(`${name}  ${clean(displayName)}  ${roles.join(', ')}${state}\n`)
      }
    }
    return EXIT.ok
  })

export const disableUser: Action = (program, { args: [name = ''], terminal }) =>
  useAccess(program, MANAGE, 'COMMAND user disable', async (access) => {
    const user = await present(access, name)
    await access.users.update(user.id, { disabled: true })
    terminal.out(`${user.name} is disabled\n`)
    return EXIT.ok
  })

export const enableUser: Action = (program, { args: [name = ''], terminal }) =>
  useAccess(program, MANAGE, 'COMMAND user enable', async (access) => {
    const user = await present(access, name)
    if (user.disabled) await access.users.update(user.id, { disabled: false })
    await (await access.throttle()).forgive(user.name)
    terminal.out(`${user.name} may log in\n`)
    return EXIT.ok
  })

export const setRoles: Action = (program, { args: [name = '', list = ''], terminal }) =>
  useAccess(program, MANAGE, 'COMMAND user roles', async (access) => {
    const roles = words(list)
    requireRoles(roles, access.catalogue())
    const user = await present(access, name)
    await access.users.update(user.id, { roles })
    terminal.out(`${user.name}: ${roles.join(', ')}\n`)
    return EXIT.ok
  })

export const setPassword: Action = async (program, { args: [given = ''], options, terminal }) => {
  const name = given.trim().toLowerCase()
  const password = options.link ? null : await newPassword(name, terminal)
  return useAccess(program, MANAGE, 'COMMAND user passwd', async (access) => {
    const user = await present(access, name)
    await access.users.setPassword(user.id, password === null ? null : await hashPassword(password))
    await (await access.throttle()).forgive(user.name)
    if (options.link) await printLink(access, user, terminal)
    else terminal.out(`${user.name} has another password\n`)
    return EXIT.ok
  })
}

export const logoutUser: Action = (program, { args: [name = ''], terminal }) =>
  useAccess(program, MANAGE, 'COMMAND user logout', async (access) => {
    const user = await present(access, name)
    const count = await access.sessions.endAll(user.id)
    terminal.out(`${count} login ${count === 1 ? 'session has' : 'sessions have'} ended\n`)
    return EXIT.ok
  })

export const linkUser: Action = (program, { args: [name = '', given], terminal }) => {
  const subject = valid('the subject', Subject, given)
  return useAccess(program, MANAGE, 'COMMAND user link', async (access) => {
    const { issuer, subjects } = oidcOf(access)
    const user = await present(access, name)
    if (await subjects.link(user.id, subject)) await access.sessions.endAll(user.id)
    terminal.out(`${user.name} is ${subject} at ${issuer}\n`)
    return EXIT.ok
  })
}

export const unlinkUser: Action = (program, { args: [name = ''], terminal }) =>
  useAccess(program, MANAGE, 'COMMAND user unlink', async (access) => {
    const { issuer, subjects } = oidcOf(access)
    const user = await present(access, name)
    if (!(await subjects.unlink(user.id))) throw notLinked()
    await access.sessions.endAll(user.id)
    terminal.out(`${user.name} is nobody at ${issuer}\n`)
    return EXIT.ok
  })
