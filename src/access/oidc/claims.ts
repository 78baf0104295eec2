/** What a provider says of somebody, read with care: whoever is a user there may have written parts of it. */
import * as v from 'valibot'
import { DisplayName, NewLoginName } from '../names.ts'

export type Claims = Readonly<Record<string, unknown>>

/** A value of the roles claim, and the role that it gives. */
export interface RoleGrant {
  readonly value: string
  readonly role: string
}

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (claims: Claims, name: string): unknown =>
  Object.hasOwn(claims, name) ? claims[name] : undefined

/**
 * A claim by its name, which may have dots in it, or by a path into an object such as `realm_access.roles`.
 *
 * @returns undefined where there is none
 */
export function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return own(claims, name)
  return name
    .split('.')
    .reduce<unknown>((value, part) => (isObject(value) ? own(value, part) : undefined), claims)
}

/** The roles that a claim gives: one text, or a list of texts; anything else gives none. Each once, in a fixed order. */
export function rolesOf(claim: unknown, grants: readonly RoleGrant[]): string[] {
  const values = typeof claim === 'string' ? [claim] : Array.isArray(claim) ? claim : []
  const given = grants.filter(({ value }) => values.includes(value)).map(({ role }) => role)
  return [...new Set(given)].sort()
}

/** The login name that a claim gives; undefined where it is none. */
export function loginNameOf(claim: unknown): string | undefined {
  const result = v.safeParse(NewLoginName, claim)
  return result.success ? result.output : undefined
}

/** What people call a user: the standard claim `name`, where it fits. */
export function displayNameOf(claims: Claims, fallback: string): string {
  const result = v.safeParse(DisplayName, own(claims, 'name'))
  return result.success ? result.output : fallback
}
