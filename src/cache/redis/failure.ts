/** What went wrong with Redis, in a sentence that holds no address, no key and no secret. */
import { ErrorReply } from 'redis'
import { DeadlineExceeded } from '../deadline.ts'
import type { TierFailure } from '../tiers/tier.ts'

export interface RedisFailure {
  readonly reason: TierFailure['reason']
  readonly message: string
  /** The server answered in time and is well; it just would not do this. */
  readonly answered: boolean
}

/** The code that an error reply begins with: `OOM`, `READONLY`, `MOVED`. */
export function replyCode(error: unknown): string | null {
  if (!(error instanceof ErrorReply)) return null
  return /^-?([A-Z]+)/.exec(error.message)?.[1] ?? 'ERR'
}

const REFUSALS: Readonly<Record<string, string>> = {
  OOM: 'it is full and takes no writes',
  READONLY: 'it is a read-only replica',
  NOAUTH: 'it asks for a password and none is set',
  WRONGPASS: 'it does not accept the user or the password',
  NOPERM: 'its user may not do this',
  MISCONF: 'it takes no writes, since it cannot save to its disk',
  NOREPLICAS: 'it takes no writes, since it has too few replicas',
  CROSSSLOT: 'it is a Cluster, and REDIS_URL does not say so',
}

/** Replies of a server that is there and can serve nothing at the moment. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  LOADING: 'it is still loading its data',
  BUSY: 'it is busy with a script',
  MASTERDOWN: 'its primary is down',
  CLUSTERDOWN: 'its Cluster is down',
  TRYAGAIN: 'its Cluster is moving the keys',
}

const SYSTEM: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name is not known',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its host cannot be reached',
  ETIMEDOUT: 'its host cannot be reached',
  ENOENT: 'a file of its TLS settings cannot be read',
  EACCES: 'a file of its TLS settings cannot be read',
}

const TLS = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_|SELF_|UNABLE_|HOSTNAME_)/

const codeOf = (error: unknown): string | null => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : null
}

/** Says of any error of node-redis, of a socket or of ours what it means for the tier. */
export function describeFailure(error: unknown): RedisFailure {
  if (error instanceof DeadlineExceeded) {
    return { reason: 'timeout', message: error.message, answered: false }
  }
  const reply = replyCode(error)
  if (reply !== null && reply in UNAVAILABLE) {
    return { reason: 'offline', message: UNAVAILABLE[reply] as string, answered: false }
  }
  if (reply !== null) {
    return { reason: 'refused', message: REFUSALS[reply] ?? `it refused with ${reply}`, answered: true }
  }
  const code = codeOf(error)
  const message =
    code === null
      ? 'the connection was lost'
      : (SYSTEM[code] ??
        (TLS.test(code) ? `TLS was not agreed on (${code})` : `the connection failed (${code})`))
  return { reason: 'offline', message, answered: false }
}
