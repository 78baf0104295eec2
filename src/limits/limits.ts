/** How much anybody may ask for: requests in a minute, requests at once, streams at once. */
import ipaddr from 'ipaddr.js'
import type { HostConfig } from '../config/schema.ts'
import { type AtOnce, createAtOnce } from './at-once.ts'
import { createRateLimiter, type RateState, type SharedCounts } from './rate.ts'
import { openRedisCounts, type RedisCounts } from './redis.ts'

const WINDOW_MS = 60_000

/** Where access control is off, whoever asks sits at this computer: as much as they like. */
const NONE = 0

const DEFAULTS = { identity: 6000, address: 30_000 } as const

/** Requests by what they are: a name of a limit, and whose. */
export interface Rate {
  /** Stands in `RateLimit-Policy`. */
  readonly name: 'identity' | 'address' | 'login' | 'webhooks'
  readonly windowS: number
  take(who: string): Promise<RateState>
}

export interface Limits {
  /** Requests by address that all count, and those that guess or deliver; none where any number is allowed. */
  byAddress(method: string, path: string): readonly Rate[]
  readonly byIdentity: Rate | undefined
  readonly requests: AtOnce
  readonly streams: AtOnce
  /** What an address is counted as: who has an IPv6 address has all of its network. */
  subjectOf(address: string): string
  close(): void
}

const LOGIN = /^(?:POST \/api\/(?:login|setup)|[A-Z]+ \/api\/(?:oidc|login)\/.+)$/
const WEBHOOKS = /^POST \/api\/webhooks\/storage\//

/** The first 64 bits of an IPv6 address name a network, the others are its owner's to choose. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}

export interface LimitOptions {
  readonly settings: HostConfig
  /** Whether everybody at this computer may do everything. */
  readonly open: boolean
  /** Keys the hashes that stand for addresses in Redis; the same on all nodes. */
  readonly secret: string
  readonly now?: () => number
}

/** Opens the limits of the settings. Redis need not be there, now or later. */
export function openLimits({ settings, open, secret, now }: LimitOptions): Limits {
  const shared = openRedisCounts(settings, WINDOW_MS)
  const sharedAs = (name: Rate['name'], counts: RedisCounts): SharedCounts => ({
    isAvailable: counts.isAvailable,
    add(who, window, by) {
      const key = new Bun.CryptoHasher('sha256', secret).update(`${name} ${who}`).digest('base64url')
      return counts.add(key.slice(0, 22), window, by)
    },
  })
  const rate = (name: Rate['name'], limit: number): Rate | undefined => {
    if (limit === NONE) return undefined
    const { take } = createRateLimiter({
      limit,
      windowMs: WINDOW_MS,
      shared: shared && sharedAs(name, shared),
      ...(now && { now }),
    })
    return { name, windowS: WINDOW_MS / 1000, take }
  }
  const address = rate('address', settings.rateLimitAddress ?? (open ? NONE : DEFAULTS.address))
  const login = rate('login', settings.rateLimitLogin)
  const webhooks = rate('webhooks', settings.rateLimitWebhooks)
  const some = (...rates: ReadonlyArray<Rate | undefined>): readonly Rate[] =>
    rates.filter((each) => each !== undefined)
  const [forAll, forLogin, forWebhooks] = [some(address), some(address, login), some(address, webhooks)]
  return {
    byAddress(method, path) {
      const request = `${method} ${path}`
      return LOGIN.test(request) ? forLogin : WEBHOOKS.test(request) ? forWebhooks : forAll
    },
    byIdentity: rate('identity', settings.rateLimit ?? (open ? NONE : DEFAULTS.identity)),
    requests: createAtOnce({ each: settings.requestsAtOnceAddress, all: settings.requestsAtOnce }),
    streams: createAtOnce({
      each: open ? Number.POSITIVE_INFINITY : settings.eventStreams,
      all: Number.POSITIVE_INFINITY,
    }),
    subjectOf: networkOf,
    close: () => shared?.close(),
  }
}
