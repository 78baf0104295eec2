/** Keeps web pages of other origins away from a server without access control. */
import type { MiddlewareHandler } from 'hono'
import { Problem } from './problem.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/** Whether `host` names this machine's loopback interface. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK.test(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)

/**
 * Refuses requests whose Host is not loopback (DNS rebinding) and unsafe ones from a page of
 * another origin (cross-site request forgery).
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? ''
  if (!LOOPBACK.test(host)) {
    throw new Problem(421, 'HOST_NOT_ALLOWED', 'This server answers only on the loopback interface.')
  }
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new Problem(403, 'ORIGIN_NOT_ALLOWED', 'Pages of other origins may not call this server.')
  }
  await next()
}
