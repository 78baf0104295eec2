/** Whether a message is from somebody who has the secret, and is new enough. */
import { Problem } from '../../../src/sdk.ts'
import type { WebhookConfig } from '../settings.ts'
import {
  fingerprint,
  isSigned,
  isSignedAsSupabase,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from '../signature.ts'

/** How far the time of a message may be from ours, before and after. */
const WINDOW_S = 300

/** A message whose signature holds. */
export interface AuthenticMessage {
  /** What it is known by when it comes again. */
  readonly fingerprint: string
  /** From then on its age alone has it refused, by a server too whose clock is behind; null where it names no time. */
  readonly expiresAt: Date | null
}

const invalid = (detail: string): Problem => new Problem(401, 'WEBHOOK_SIGNATURE_INVALID', detail)

const timeOf = (timestamp: string): number => {
  if (!/^\d{1,12}$/.test(timestamp)) throw invalid(`${TIMESTAMP_HEADER} is not in seconds since 1970.`)
  return Number(timestamp)
}

/**
 * Holds a message against its signature, over its raw bytes: nothing of it has been parsed yet.
 *
 * @param now ms since 1970
 * @throws {Problem} 503 WEBHOOK_NOT_CONFIGURED, 401 WEBHOOK_SIGNATURE_INVALID, 401 WEBHOOK_EXPIRED
 */
export function authenticate(
  { secret, previousSecret, supabaseSignature }: WebhookConfig,
  headers: Headers,
  body: Uint8Array,
  now: number,
): AuthenticMessage {
  if (secret === undefined) {
    throw new Problem(503, 'WEBHOOK_NOT_CONFIGURED', 'No webhook is taken before WEBHOOK_SECRET is set.')
  }
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret]
  const signature = headers.get(SIGNATURE_HEADER)
  const timestamp = headers.get(TIMESTAMP_HEADER)
  if (signature !== null && timestamp !== null) {
    const signedAt = timeOf(timestamp)
    if (!isSigned(secrets, timestamp, signature, body)) throw invalid('No signature is that of the message.')
    if (Math.abs(now / 1000 - signedAt) > WINDOW_S) {
      throw new Problem(401, 'WEBHOOK_EXPIRED', `The message was signed more than ${WINDOW_S} s from now.`)
    }
    return {
      fingerprint: fingerprint(timestamp, body),
      expiresAt: new Date((signedAt + 2 * WINDOW_S) * 1000),
    }
  }
  const foreign = supabaseSignature ? headers.get('x-supabase-signature') : null
  if (foreign === null) throw invalid(`${TIMESTAMP_HEADER} and ${SIGNATURE_HEADER} are needed.`)
  if (!isSignedAsSupabase(secrets, foreign, body)) throw invalid('The signature is not that of the message.')
  return { fingerprint: fingerprint(null, body), expiresAt: null }
}
