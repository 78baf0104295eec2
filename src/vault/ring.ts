/** Keys as text: a line each, the oldest first; the last one seals. */
import { KEY_BYTES, type VaultKey, vaultKey } from './key.ts'

/** The keys that there are, the oldest first. */
export type KeyRing = readonly VaultKey[]

/** What stands at the beginning of a file that we make. */
const HEAD = `# The keys of the vault of this Myoserve: a line each, the oldest first. The last one seals, all of them open.
# Whoever has this file can read what is sealed; without it, nobody can. Keep a copy of it apart from the backups.
`

const HEX = /^[0-9a-fA-F]{64}$/
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/

function bytesOf(word: string): Uint8Array | undefined {
  if (HEX.test(word)) return Buffer.from(word, 'hex')
  const bytes = BASE64.test(word) ? Buffer.from(word, 'base64url') : undefined
  return bytes?.length === KEY_BYTES ? bytes : undefined
}

/**
 * The keys of a text: a key is the first word of its line, 32 bytes in base64 or hex; what follows it, empty lines and
 * lines that begin with # say nothing.
 *
 * @throws {Error} naming the line that is no key, never what stands there
 */
export function parseRing(text: string): KeyRing {
  const keys: VaultKey[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const [word = ''] = line.trim().split(/\s+/)
    if (word === '' || word.startsWith('#')) continue
    const bytes = bytesOf(word)
    if (!bytes) throw new Error(`line ${i + 1} is no key of ${KEY_BYTES} bytes in base64 or hex`)
    const key = vaultKey(bytes)
    // The same key twice is one, at its later place.
    const before = keys.findIndex(({ id }) => id === key.id)
    if (before >= 0) keys.splice(before, 1)
    keys.push(key)
  }
  return keys
}

/** The text of keys, as {@link parseRing} takes it; each with its id beside it. */
export const printRing = (ring: KeyRing): string =>
  HEAD + ring.map(({ bytes, id }) => `${Buffer.from(bytes).toString('base64url')}  ${id}\n`).join('')
