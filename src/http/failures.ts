/** Tells a service that is away, and records that changed meanwhile, from a fault of our own. */

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
])

/** PostgreSQL class 57P (operator intervention: shutdown, crash, starting up) and 08 (connection). */
const SQLSTATE_AWAY = /^(?:57P0\d|08\w{3}|53300)$/

/** foreign_key_violation: what a statement refers to went while it ran, or something came to refer to what it removes. */
const SQLSTATE_REFERENCE = '23503'

/** Whether an error, or what caused it, says that records of which it was certain changed meanwhile. */
export function isChangedMeanwhile(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if ((each as Error & { code?: unknown }).code === SQLSTATE_REFERENCE) return true
  }
  return false
}

/** Whether an error, or what caused it, says that the database cannot be reached now. */
export function isServiceFailure(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const { code, syscall } = each as Error & { code?: unknown; syscall?: unknown }
    if (typeof code !== 'string') continue
    if (code === 'ENOENT' && syscall !== 'connect') continue
    if (CONNECTION_CODES.has(code) || SQLSTATE_AWAY.test(code)) return true
  }
  return false
}
