/** Keeps web pages of other origins away from a server without access control. */
import type { MiddlewareHandler } from 'hono'
import { isLoopback } from '../config/loopback.ts'
import { Problem } from './problem.ts'

/**
 * Refuses requests whose Host is not loopback (DNS rebinding) and unsafe ones from a page of
 * another origin (cross-site request forgery).
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? ''
  if (!isLoopback(host)) {
    throw new Problem(421, 'HOST_NOT_ALLOWED', 'This server answers only on the loopback interface.')
  }
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new Problem(403, 'ORIGIN_NOT_ALLOWED', 'Pages of other origins may not call this server.')
  }
  await next()
}
