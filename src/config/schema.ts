/** The host's own settings, in one schema. Plugins bring a section of their own under their name. */
import * as v from 'valibot'
import { isAddressRange, plainAddress } from './address.ts'
import { OIDC_SETTINGS } from './oidc.ts'
import { isOrigin } from './origin.ts'
import { byteSize, duration, listOf, optionalSetting, setting, toggle, wholeNumber } from './setting.ts'

const url = (...schemes: string[]) =>
  v.pipe(
    v.string(),
    v.check((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))),
  )

/** An address that one can listen on. */
const isBindable = (host: string): boolean =>
  host === 'localhost' || plainAddress(host) === host.toLowerCase()

/** A name, or an address, without a port. */
const isHostName = (text: string): boolean =>
  plainAddress(text) !== null ? !/%|\]:|^[\d.]+:/.test(text) : /^(?!-)[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(text)

/** Its parts are looked at when it is opened. */
const REDIS_URL = /^rediss?(?:\+(?:sentinel|cluster))?:\/\/[^/?#]+/

/** Phases of the cache, in their order: see src/cache/phases.ts. */
export const CACHE_PHASES = ['database', 'dual-write', 'redis-primary', 'redis-only'] as const

const path = v.pipe(v.string(), v.nonEmpty())

/** Which headers proxies tell the client in. Never both: a proxy hands on, as it came, the one that it does not know. */
export const PROXY_HEADERS = ['x-forwarded', 'forwarded'] as const

export type ProxyHeader = (typeof PROXY_HEADERS)[number]

/** Who may do what without saying who they are: nobody, or everybody at this computer. */
export const ACCESS_MODES = ['required', 'open'] as const

export type AccessMode = (typeof ACCESS_MODES)[number]

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

export const HostConfig = v.object({
  host: setting(v.pipe(v.string(), v.check(isBindable)), '127.0.0.1', {
    summary: 'Address to listen on; beyond loopback it takes TLS, a trusted proxy or `--insecure-http`',
    allowed: 'an address of this machine such as 127.0.0.1, 0.0.0.0 for all of them, or localhost',
    env: 'HOST',
  }),
  port: setting(wholeNumber(0, 65535), 8080, {
    summary: 'Port to listen on; 0 takes a free one',
    allowed: 'a whole number from 0 to 65535',
    env: 'PORT',
  }),
  tlsCertFile: optionalSetting(path, {
    summary:
      'Our certificate with the chain up to its authority, to speak TLS by; read again when it changes',
    allowed: 'the path of a PEM file',
    env: 'TLS_CERT_FILE',
  }),
  tlsKeyFile: optionalSetting(path, {
    summary: 'The key of that certificate',
    allowed: 'the path of a PEM file',
    env: 'TLS_KEY_FILE',
  }),
  trustedProxies: setting(listOf(v.pipe(v.string(), v.check(isAddressRange))), [], {
    summary: 'Proxies in front of us, which are believed about the address and the scheme of their clients',
    allowed: 'addresses and ranges with commas between, such as 127.0.0.1,10.0.0.0/24',
    env: 'TRUSTED_PROXIES',
  }),
  proxyHeader: setting(v.picklist(PROXY_HEADERS), 'x-forwarded', {
    summary: 'What the proxies say it in: X-Forwarded-For and X-Forwarded-Proto, or Forwarded of RFC 7239',
    allowed: PROXY_HEADERS.join(', '),
    env: 'PROXY_HEADER',
  }),
  insecureHttp: toggle(false, {
    summary:
      'Serve HTTP without TLS beyond loopback: whoever is on the network can read patient data and passwords',
    env: 'INSECURE_HTTP',
  }),
  allowedHosts: setting(listOf(v.pipe(v.string(), v.check(isHostName))), [], {
    summary: 'Names that clients may reach us by, beside loopback ones and the address to listen on',
    allowed: 'names and addresses without ports, with commas between, such as emg.clinic.example,10.0.0.5',
    env: 'ALLOWED_HOSTS',
  }),
  corsOrigins: setting(listOf(v.pipe(v.string(), v.check(isOrigin))), [], {
    summary: 'Web pages elsewhere that may call the API from a browser; none unless set',
    allowed: 'exact origins with commas between, such as https://lab.clinic.example',
    env: 'CORS_ORIGINS',
  }),
  rateLimit: optionalSetting(wholeNumber(0, 1e9), {
    summary:
      'Requests that one user or key may make in a minute; 0: any number. 6000, and any number at ACCESS=open',
    allowed: 'a whole number',
    env: 'RATE_LIMIT',
  }),
  rateLimitAddress: optionalSetting(wholeNumber(0, 1e9), {
    summary: 'The same for one address, whoever asks from there. 30000, and any number at ACCESS=open',
    allowed: 'a whole number',
    env: 'RATE_LIMIT_ADDRESS',
  }),
  rateLimitLogin: setting(wholeNumber(0, 1e9), 60, {
    summary:
      'Attempts to log in, or to set an administrator up, that one address may make in a minute; 0: any number',
    allowed: 'a whole number',
    env: 'RATE_LIMIT_LOGIN',
  }),
  rateLimitWebhooks: setting(wholeNumber(0, 1e9), 30_000, {
    summary: 'Webhooks that one address may deliver in a minute; 0: any number',
    allowed: 'a whole number',
    env: 'RATE_LIMIT_WEBHOOKS',
  }),
  requestsAtOnce: setting(wholeNumber(1, 1e6), 1024, {
    summary: 'Requests that are worked on at once; more are turned away',
    allowed: 'a whole number from 1 on',
    env: 'REQUESTS_AT_ONCE',
  }),
  requestsAtOnceAddress: setting(wholeNumber(1, 1e6), 256, {
    summary: 'The same from one address',
    allowed: 'a whole number from 1 on',
    env: 'REQUESTS_AT_ONCE_ADDRESS',
  }),
  eventStreams: setting(wholeNumber(1, 1e6), 8, {
    summary: 'Event streams that one user or key may have open at once',
    allowed: 'a whole number from 1 on',
    env: 'EVENT_STREAMS',
  }),
  bodySilence: setting(v.pipe(duration, v.minValue(100)), '30s', {
    summary: 'Longest that a client may pause while it sends a body',
    allowed: 'a time from 100ms on, such as 30s',
    env: 'BODY_SILENCE',
  }),
  bodyLeastRate: setting(wholeNumber(0, 1e9), 4096, {
    summary: 'Slowest that a body may come, in bytes a second on the whole, after the first pause',
    allowed: 'a whole number of bytes a second',
    env: 'BODY_LEAST_RATE',
  }),
  access: setting(v.picklist(ACCESS_MODES), 'required', {
    summary:
      'Whether people log in and software has keys; open: everybody at this computer may do everything',
    allowed: ACCESS_MODES.join(', '),
    env: 'ACCESS',
  }),
  data: optionalSetting(v.pipe(v.string(), v.nonEmpty()), {
    summary: 'Data folder',
    allowed: 'the path of a folder',
    env: 'MYOSERVE_DATA',
  }),
  plugins: optionalSetting(path, {
    summary: 'Folder of external plugins, in place of the one in the data folder',
    allowed: 'the path of a folder',
    env: 'MYOSERVE_PLUGINS',
  }),
  databaseUrl: optionalSetting(url('postgres', 'postgresql'), {
    summary: 'PostgreSQL server to use instead of the embedded one',
    allowed: 'a URL like postgres://user:password@host:5432/database',
    env: 'DATABASE_URL',
    secret: true,
  }),
  redisUrl: optionalSetting(v.pipe(v.string(), v.regex(REDIS_URL)), {
    summary: 'Redis that the nodes share their cache in',
    allowed:
      'redis://user:password@host:6379/0, rediss:// for TLS, redis+sentinel://host,host/master or redis+cluster://host,host',
    env: 'REDIS_URL',
    secret: true,
  }),
  redisCaFile: optionalSetting(path, {
    summary: 'Authorities to trust when Redis is reached over TLS, in place of the system’s',
    allowed: 'the path of a PEM file',
    env: 'REDIS_CA_FILE',
  }),
  redisCertFile: optionalSetting(path, {
    summary: 'Our certificate, where Redis asks for one',
    allowed: 'the path of a PEM file',
    env: 'REDIS_CERT_FILE',
  }),
  redisKeyFile: optionalSetting(path, {
    summary: 'The key of our certificate',
    allowed: 'the path of a PEM file',
    env: 'REDIS_KEY_FILE',
  }),
  redisSentinelUser: optionalSetting(path, {
    summary: 'User at the sentinels, where they have users of their own',
    allowed: 'a name',
    env: 'REDIS_SENTINEL_USER',
  }),
  redisSentinelPassword: optionalSetting(path, {
    summary: 'Password at the sentinels',
    allowed: 'a password',
    env: 'REDIS_SENTINEL_PASSWORD',
    secret: true,
  }),
  vaultKeyFile: optionalSetting(path, {
    summary:
      'File of the keys that fields are sealed by, where several nodes share it; else one in the data folder',
    allowed: 'the path of a file',
    env: 'VAULT_KEY_FILE',
  }),
  vaultKeyCommand: optionalSetting(path, {
    summary:
      'Program that prints those keys, run once at the start, such as the client of a key management service',
    allowed: 'a program and its arguments, parted by blanks',
    env: 'VAULT_KEY_COMMAND',
  }),
  redisDeadlineMs: setting(wholeNumber(10, 5000), 100, {
    summary: 'Longest that a call to Redis may take before the cache goes on without it, in ms',
    allowed: 'a whole number from 10 to 5000',
    env: 'REDIS_DEADLINE_MS',
  }),
  cachePhase: optionalSetting(v.picklist(CACHE_PHASES), {
    summary: 'Phase of the cache, until `cache migrate` sets another: dual-write with Redis, else database',
    allowed: CACHE_PHASES.join(', '),
    env: 'CACHE_PHASE',
  }),
  cacheMemory: setting(byteSize, '64MiB', {
    summary: 'Memory that cached values may take',
    allowed: 'an amount of bytes such as 256MiB',
    env: 'CACHE_MEMORY',
  }),
  workers: optionalSetting(wholeNumber(1, 256), {
    summary: 'Worker processes for the heavy work of plugins; as many as the machine has processors',
    allowed: 'a whole number from 1 to 256',
    env: 'WORKERS',
  }),
  workerMemory: setting(v.pipe(byteSize, v.minValue(256 * 2 ** 20)), '1GiB', {
    summary: 'Memory that one worker may take before it is ended',
    allowed: 'an amount of bytes from 256MiB on',
    env: 'WORKER_MEMORY',
  }),
  workerTimeLimit: setting(v.pipe(duration, v.minValue(1000)), '2min', {
    summary: 'Longest that a task may run in a worker before that one is ended',
    allowed: 'a time from 1s on, such as 90s or 2min',
    env: 'WORKER_TIME_LIMIT',
  }),
  pluginTimeLimit: setting(v.pipe(duration, v.minValue(100)), '5s', {
    summary: 'Longest that a worker may be held up by one call into the code of an external plugin',
    allowed: 'a time from 100ms on, such as 5s',
    env: 'PLUGIN_TIME_LIMIT',
  }),
  auditRetention: setting(v.pipe(duration, v.minValue(86_400_000)), '3653d', {
    summary: 'How long entries of the audit log are kept; ten years',
    allowed: 'a time from 1d on, such as 3653d',
    env: 'AUDIT_RETENTION',
  }),
  ...OIDC_SETTINGS,
  autoMigrate: toggle(true, {
    summary: 'Apply pending migrations when the server starts',
    env: 'MYOSERVE_AUTO_MIGRATE',
  }),
  logLevel: setting(v.picklist(LOG_LEVELS), 'info', {
    summary: 'Least severity that is logged',
    allowed: LOG_LEVELS.join(', '),
    env: 'LOG_LEVEL',
  }),
})

export type HostConfig = v.InferOutput<typeof HostConfig>
