/** The hash of an entry, by a recipe that any program can follow; docs/audit.md gives it in words. */
import type { SealedEntry } from './entry.ts'

/** What the first entry of all follows. */
export const GENESIS = '0'.repeat(64)

/**
 * The text that is hashed: a JSON array of the fields in this order, without spaces, as RFC 8785 writes it, which for
 * strings and whole numbers is what JSON.stringify does.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export const canonical = (entry: Omit<SealedEntry, 'hash'>): string =>
  JSON.stringify([
    entry.seq,
    entry.id,
    entry.at,
    entry.actor,
    entry.action,
    entry.route,
    entry.records.map(({ kind, id }) => [kind, id]),
    entry.count,
    entry.outcome,
    entry.code,
    entry.address,
    entry.requestId,
    entry.node,
    entry.previous,
  ])

/** SHA-256 of the {@link canonical} text in UTF-8, in hex. */
export const entryHash = (entry: Omit<SealedEntry, 'hash'>): string =>
  new Bun.CryptoHasher('sha256').update(canonical(entry)).digest('hex')
