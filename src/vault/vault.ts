/** Seals single fields: AES-256-GCM, with what a field is about bound to it. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { Problem } from '../http/problem.ts'
import type { VaultKey } from './key.ts'
import type { KeyRing } from './ring.ts'

/** What a plugin has to keep fields that nobody shall read who has the database alone. */
export interface Vault {
  /**
   * Seals a text by the newest key. Twice the same text gives two that tell nothing of each other.
   *
   * @param about what it stands for, as {@link SealedColumn} names it: it opens for nothing else
   * @throws {Problem} 503 VAULT_LOCKED
   * @example vault.seal('Ada Lovelace', NAME.about(patientId))
   */
  seal(plain: string, about: string): string
  /**
   * Opens what was sealed, by any of the keys.
   *
   * @throws {Problem} 503 VAULT_LOCKED where its key is not at hand, 500 SEAL_BROKEN where it was changed, or is about
   *   something else
   */
  open(sealed: string, about: string): string
  /**
   * Blind indexes of a text, by which equal texts are found without opening any: the newest key's first. Store the
   * first; look for any of them, since a rotation may be under way.
   *
   * @param about what the index is of, the same for all rows
   * @throws {Problem} 503 VAULT_LOCKED
   */
  indexes(plain: string, about: string): readonly string[]
}

/** Where the keys come from. */
export interface KeySource {
  /** The keys as they are now. @throws {Problem} 503 VAULT_LOCKED where there are none to be used */
  ring(): KeyRing
}

/** Bytes of the nonce and of the tag. @see https://doi.org/10.6028/NIST.SP.800-38D, sections 8.2.2 and 5.2.1.2 */
const NONCE = 12
const TAG = 16

/** Version, id of the key, then nonce, ciphertext and tag in base64url. */
const SEALED = /^v1\.([0-9a-f]{12})\.([A-Za-z0-9_-]{38,})$/

/** The id of the key that a text is sealed by; undefined where it is not sealed. */
export const keyIdOf = (text: string): string | undefined => SEALED.exec(text)?.[1]

/** How every text begins that is sealed by a key. */
export const sealedBy = (id: string): string => `v1.${id}.`

/** Why nothing can be sealed or opened, for a client. */
export const locked = (reason: string): Problem => new Problem(503, 'VAULT_LOCKED', reason)

const broken = (): Problem =>
  new Problem(500, 'SEAL_BROKEN', 'A sealed field was changed outside this server, and does not open.')

/** Neither part can pass for the other, since an id has a fixed length. */
const bound = (id: string, about: string): Buffer => Buffer.from(`${id}${about}`)

function sealBy({ id, sealing }: VaultKey, plain: string, about: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', sealing, nonce, { authTagLength: TAG })
  cipher.setAAD(bound(id, about))
  const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return sealedBy(id) + body.toString('base64url')
}

function openBy({ id, sealing }: VaultKey, body: Buffer, about: string): string {
  if (body.length < NONCE + TAG) throw broken()
  const cipher = createDecipheriv('aes-256-gcm', sealing, body.subarray(0, NONCE), { authTagLength: TAG })
  cipher.setAAD(bound(id, about))
  cipher.setAuthTag(body.subarray(-TAG))
  try {
    return Buffer.concat([cipher.update(body.subarray(NONCE, -TAG)), cipher.final()]).toString('utf8')
  } catch {
    throw broken()
  }
}

const indexBy = ({ indexing }: VaultKey, plain: string, about: string): string =>
  createHmac('sha256', indexing).update(`${about.length} ${about}${plain}`).digest('base64url')

/** A vault of keys. */
export const createVault = (source: KeySource): Vault => ({
  seal(plain, about) {
    const newest = source.ring().at(-1)
    if (!newest) throw locked('This server has no keys to seal by.')
    return sealBy(newest, plain, about)
  },
  open(sealed, about) {
    const [, id, body] = SEALED.exec(sealed) ?? []
    if (id === undefined || body === undefined) throw broken()
    const key = source.ring().find((each) => each.id === id)
    if (!key) throw locked(`This is sealed by the key ${id}, which this server does not have.`)
    return openBy(key, Buffer.from(body, 'base64url'), about)
  },
  indexes: (plain, about) =>
    source
      .ring()
      .toReversed()
      .map((key) => indexBy(key, plain, about)),
})

/** A vault of keys that do not change. */
export const vaultOf = (ring: KeyRing): Vault => createVault({ ring: () => ring })
