/** Tells a service that is away from a fault of our own. */

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
