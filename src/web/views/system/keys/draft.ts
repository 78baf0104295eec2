/** A new key as its form holds it. */
import type { Body } from '../../../api/client.ts'

/** How long it is let in. */
export const LIFETIMES_DAYS = [30, 90, 365] as const

export interface KeyDraft {
  readonly name: string
  readonly permissions: readonly string[]
  readonly sees: 'all' | 'some'
  /** Codes, parted by anything that is none of them. */
  readonly patients: string
  /** Days as text; `never`. */
  readonly lifetime: string
}

/** Until a full year: whoever gives no thought to it leaves no key behind for ever. */
export const EMPTY_KEY: KeyDraft = { name: '', permissions: [], sees: 'all', patients: '', lifetime: '365' }

/** Codes of patients in a text: `P001, P002`. */
export const codesIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((each) => each !== '')),
]

export type KeyFault = 'name' | 'permissions' | 'patients'

export const keyFaults = ({ name, permissions, sees, patients }: KeyDraft): readonly KeyFault[] => {
  const codes = codesIn(patients)
  const isUnclear = codes.length === 0 || codes.some((code) => !/^[A-Za-z0-9_-]{1,32}$/.test(code))
  return [
    ...(name.trim() === '' || name.trim().length > 64 ? (['name'] as const) : []),
    ...(permissions.length === 0 ? (['permissions'] as const) : []),
    ...(sees === 'some' && isUnclear ? (['patients'] as const) : []),
  ]
}

/** @param now ms since 1970 */
export const keyBody = (draft: KeyDraft, now: number): Body<'POST /api/keys'> => ({
  name: draft.name.trim(),
  permissions: [...draft.permissions],
  patients: draft.sees === 'all' ? 'all' : [...codesIn(draft.patients)],
  ...(draft.lifetime !== 'never' && {
    expiresAt: new Date(now + Number(draft.lifetime) * 86_400_000).toISOString(),
  }),
})

/** How a key is. */
export const keyState = (
  { revokedAt, expiresAt }: { readonly revokedAt: string | null; readonly expiresAt: string | null },
  now: number,
): 'revoked' | 'expired' | 'active' => {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
