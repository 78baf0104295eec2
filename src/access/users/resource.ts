/** A user on the wire. */
import * as v from 'valibot'
import { PageLimit, pageOf } from '../../http/paging.ts'
import { DisplayName, Id, NewLoginName, wordList } from '../names.ts'
import type { SetupLink } from '../setup/tokens.ts'
import type { User } from './store.ts'

const time = v.pipe(v.string(), v.isoTimestamp())

export const UserResource = v.object({
  id: Id,
  name: v.pipe(v.string(), v.description('The login name; patients name their therapist by it')),
  displayName: v.string(),
  roles: v.array(v.string()),
  disabled: v.boolean(),
  hasPassword: v.pipe(v.boolean(), v.description('false until the link was used')),
  createdAt: time,
  passwordChangedAt: v.nullable(time),
})

export const userResource = ({
  id,
  name,
  displayName,
  roles,
  disabled,
  hasPassword,
  createdAt,
  passwordChangedAt,
}: User): v.InferOutput<typeof UserResource> => ({
  id,
  name,
  displayName,
  roles: [...roles],
  disabled,
  hasPassword,
  createdAt: createdAt.toISOString(),
  passwordChangedAt: passwordChangedAt?.toISOString() ?? null,
})

/** A one-time link; only this answer has it. */
export const LinkResource = v.object({
  path: v.pipe(v.string(), v.description('Of the page where the user chooses a password, once')),
  expiresAt: time,
})

export const linkResource = ({ path, expiresAt }: SetupLink): v.InferOutput<typeof LinkResource> => ({
  path,
  expiresAt: expiresAt.toISOString(),
})

export const MadeUser = v.object({ ...UserResource.entries, link: LinkResource })

const Roles = v.pipe(wordList(16), v.minLength(1), v.description('As GET /api/roles lists them'))

export const NewUserBody = v.object({
  name: NewLoginName,
  displayName: v.optional(DisplayName),
  roles: Roles,
})

export const UserChangesBody = v.object({
  displayName: v.optional(DisplayName),
  roles: v.optional(Roles),
  disabled: v.optional(v.pipe(v.boolean(), v.description('true ends all login sessions too'))),
})

export const UserListQuery = v.object({ limit: PageLimit, cursor: v.optional(Id) })
export const UserPage = pageOf(UserResource)
