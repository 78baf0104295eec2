/** A login session on the wire. */
import * as v from 'valibot'
import type { LoginSession } from './sessions.ts'

const time = (description: string) => v.pipe(v.string(), v.isoTimestamp(), v.description(description))

export const LoginSessionResource = v.object({
  id: v.pipe(v.string(), v.uuid()),
  createdAt: time('When it was logged in'),
  seenAt: time('Last use, to the minute'),
  expiresAt: time('24 h after the last use'),
  address: v.string(),
  agent: v.pipe(v.string(), v.description('Browser and system')),
  current: v.pipe(v.boolean(), v.description('Whether it is the one that asks')),
})

/** @param current id of the one that asks */
export const loginSessionResource = (
  { id, createdAt, seenAt, expiresAt, address, agent }: LoginSession,
  current?: string,
): v.InferOutput<typeof LoginSessionResource> => ({
  id,
  createdAt: createdAt.toISOString(),
  seenAt: seenAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  address,
  agent,
  current: id === current,
})
