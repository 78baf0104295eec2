/** A key of the vault: 32 random bytes, with what is derived from them. */
import { hkdfSync, randomBytes } from 'node:crypto'

/** Bytes of a key, as AES-256 takes them. */
export const KEY_BYTES = 32

/** A key of the vault. */
export interface VaultKey {
  /** Twelve hex digits that follow from the key and tell nothing of it: another key has another id. */
  readonly id: string
  readonly bytes: Uint8Array
  /** Seals, and nothing else. */
  readonly sealing: Uint8Array
  /** Makes blind indexes, and nothing else. */
  readonly indexing: Uint8Array
}

/** @see https://www.rfc-editor.org/rfc/rfc5869 */
const derive = (bytes: Uint8Array, purpose: string, length: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(0), `myoserve vault 1 ${purpose}`, length))

/** A key of its bytes. @throws {RangeError} where there are not 32 of them */
export function vaultKey(bytes: Uint8Array): VaultKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes`)
  return {
    id: Buffer.from(derive(bytes, 'id', 6)).toString('hex'),
    bytes,
    sealing: derive(bytes, 'seal', KEY_BYTES),
    indexing: derive(bytes, 'index', KEY_BYTES),
  }
}

/** A key that nobody has had before. */
export const newVaultKey = (): VaultKey => vaultKey(randomBytes(KEY_BYTES))
