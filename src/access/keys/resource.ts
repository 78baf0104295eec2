/** A key on the wire. Its secret is in one answer, the one that makes it. */
import * as v from 'valibot'
import { PageLimit, pageOf } from '../../http/paging.ts'
import { textOf } from '../../http/text.ts'
import { Instant } from '../../http/times.ts'
import { Id, wordList } from '../names.ts'
import type { ApiKey } from './store.ts'

const time = v.pipe(v.string(), v.isoTimestamp())

export const KeyName = textOf(64)

export const PatientCodes = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,32}$/, 'expected the code of a patient'))),
  v.minLength(1),
  v.maxLength(1000),
  v.transform((codes) => [...new Set(codes)]),
)

export const KeyPermissions = v.pipe(wordList(200), v.minLength(1))

export const KeyResource = v.object({
  id: Id,
  name: v.string(),
  permissions: v.array(v.string()),
  patients: v.pipe(
    v.union([v.literal('all'), v.array(v.string())]),
    v.description('Codes of the patients it sees'),
  ),
  createdAt: time,
  createdBy: v.pipe(v.nullable(Id), v.description('The user; null: made by a command, or the user is gone')),
  expiresAt: v.pipe(v.nullable(time), v.description('null: never')),
  lastUsedAt: v.pipe(v.nullable(time), v.description('To the minute')),
  revokedAt: v.nullable(time),
})

export const keyResource = ({
  id,
  name,
  permissions,
  patients,
  createdBy,
  ...at
}: ApiKey): v.InferOutput<typeof KeyResource> => ({
  id,
  name,
  permissions,
  patients: patients ?? 'all',
  createdAt: at.createdAt.toISOString(),
  createdBy,
  expiresAt: at.expiresAt?.toISOString() ?? null,
  lastUsedAt: at.lastUsedAt?.toISOString() ?? null,
  revokedAt: at.revokedAt?.toISOString() ?? null,
})

export const MadeKey = v.object({
  ...KeyResource.entries,
  key: v.pipe(v.string(), v.description('To be sent as `Authorization: Bearer KEY`')),
})

export const NewKeyBody = v.object({
  name: KeyName,
  permissions: v.pipe(KeyPermissions, v.description('As GET /api/roles lists them')),
  patients: v.optional(v.union([v.literal('all'), PatientCodes]), 'all'),
  expiresAt: v.optional(Instant),
})

export const KeyListQuery = v.object({ limit: PageLimit, cursor: v.optional(Id) })
export const KeyPage = pageOf(KeyResource)
