/** Signatures of webhooks: HMAC-SHA256 (RFC 2104) over the time and the raw body. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The header that names when a message was signed: seconds since 1970. */
export const TIMESTAMP_HEADER = 'x-myoserve-timestamp'

/** The header that bears the signatures: `v1=<hex>`, several parted by commas. */
export const SIGNATURE_HEADER = 'x-myoserve-signature'

/** More signatures than anybody needs to change a secret. */
const MOST_SIGNATURES = 8

const mac = (secret: string, parts: readonly (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac('sha256', secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/**
 * The headers that sign a message.
 *
 * @param timestamp seconds since 1970
 * @example
 * const headers = signed('secret', 1_767_225_600, '{"event":"analysis.completed"}')
 */
export const signed = (
  secret: string,
  timestamp: number,
  body: string | Uint8Array,
): Readonly<Record<string, string>> => ({
  [TIMESTAMP_HEADER]: String(timestamp),
  [SIGNATURE_HEADER]: `v1=${mac(secret, [`${timestamp}.`, body]).toString('hex')}`,
})

const HEX_MAC = /^[0-9a-f]{64}$/i

/** Every pair is compared, whatever the ones before came to, so that time tells nothing. */
function matchesAny(given: readonly string[], wanted: readonly Buffer[]): boolean {
  let matches = false
  for (const text of given) {
    const bytes = Buffer.from(text, 'hex')
    for (const each of wanted) if (timingSafeEqual(bytes, each)) matches = true
  }
  return matches
}

/**
 * Whether one of the signatures is that of one of the secrets.
 *
 * @param timestamp as the header has it
 * @param header `v1=<hex>`, several parted by commas; those of other versions are passed over
 */
export function isSigned(
  secrets: readonly string[],
  timestamp: string,
  header: string,
  body: Uint8Array,
): boolean {
  const given = header
    .split(',', MOST_SIGNATURES)
    .map((each) => /^\s*v1=(\S+)\s*$/.exec(each)?.[1] ?? '')
    .filter((each) => HEX_MAC.test(each))
  return matchesAny(
    given,
    secrets.map((secret) => mac(secret, [`${timestamp}.`, body])),
  )
}

/** Whether a body is signed as Supabase triggers do it: hex over the body alone, with `sha256=` before it or without. */
export function isSignedAsSupabase(secrets: readonly string[], header: string, body: Uint8Array): boolean {
  const given = header.trim().replace(/^sha256=/i, '')
  return (
    HEX_MAC.test(given) &&
    matchesAny(
      [given],
      secrets.map((secret) => mac(secret, [body])),
    )
  )
}

/**
 * What a message is known by when it comes again: of all that was signed, and of no signature, since a message may have
 * several.
 *
 * @param timestamp null where only the body was signed
 */
export function fingerprint(timestamp: string | null, body: Uint8Array): string {
  const hash = createHash('sha256')
  hash.update(timestamp === null ? 'body:' : `${timestamp}.`)
  return hash.update(body).digest('hex')
}
