/** Where Redis is, by the scheme of REDIS_URL. */

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** What a REDIS_URL says. Holds the password: not to be logged. */
export interface RedisAddress {
  readonly kind: 'standalone' | 'sentinel' | 'cluster'
  readonly tls: boolean
  /** The server, the sentinels, or some nodes of the cluster. */
  readonly hosts: readonly HostPort[]
  /** What the sentinels call the server; null for other kinds. */
  readonly master: string | null
  readonly user: string | null
  readonly password: string | null
  readonly database: number
}

/** What a valid REDIS_URL looks like, as the end of "expected …". */
export const REDIS_URL_FORMS =
  'redis://[user:password@]host[:6379][/database], rediss://… for TLS, ' +
  'redis+sentinel://host[:26379],…/master[/database] or redis+cluster://host[:6379],…'

const SHAPE = /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)((?:\/[^/?#]*)*)$/
const HOST = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/

// Never says more of the URL than its form: it holds a password.
const malformed = (what: string): RangeError => new RangeError(`${what}; expected ${REDIS_URL_FORMS}`)

function parseHost(text: string, fallback: number): HostPort {
  const match = HOST.exec(text)
  const port = match?.[3] === undefined ? fallback : Number(match[3])
  if (!match || port < 1 || port > 65_535) throw malformed('a host or port is malformed')
  return { host: (match[1] ?? match[2]) as string, port }
}

function parseDatabase(text: string | undefined): number {
  if (text === undefined || text === '') return 0
  if (!/^\d{1,5}$/.test(text)) throw malformed('the database is not a number')
  return Number(text)
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformed('user, password or master is not percent-encoded as it must be')
  }
}

/**
 * Takes a REDIS_URL apart.
 *
 * @throws {RangeError} with a sentence that holds nothing of the URL's user or password
 * @example
 * parseRedisUrl('redis+sentinel://:secret@a,b,c/main/2')
 */
export function parseRedisUrl(url: string): RedisAddress {
  const match = SHAPE.exec(url)
  if (!match) throw malformed('this is no URL of Redis')
  const [, secure, kind = 'standalone', credentials, authority = '', path = ''] = match
  const hosts = authority.split(',').map((host) => parseHost(host, kind === 'sentinel' ? 26_379 : 6379))
  const [, first, second, ...more] = path.split('/')
  if (kind === 'standalone' && hosts.length > 1) throw malformed('several hosts need a Sentinel or a Cluster')
  if (kind === 'cluster' && first) throw malformed('a Cluster has no databases')
  if (kind === 'sentinel' && !first) throw malformed('the name of the master is missing')
  if (more.length > 0 || (kind !== 'sentinel' && second !== undefined))
    throw malformed('the path is too long')
  const colon = credentials?.indexOf(':') ?? -1
  const user = colon < 0 ? credentials : credentials?.slice(0, colon)
  const password = colon < 0 ? '' : credentials?.slice(colon + 1)
  return {
    kind: kind as RedisAddress['kind'],
    tls: secure === 's',
    hosts,
    master: kind === 'sentinel' ? decode(first ?? '') : null,
    user: user ? decode(user) : null,
    password: password ? decode(password) : null,
    database: kind === 'sentinel' ? parseDatabase(second) : parseDatabase(first),
  }
}
