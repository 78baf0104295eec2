/**
 * Logout tokens, by which a provider says that somebody has logged out there.
 *
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html
 */
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import type { ServerMetadata } from 'openid-client'
import { isProblem, Problem } from '../../http/problem.ts'
import { CLOCK_TOLERANCE_S } from './provider.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** One that was kept back, or is shown again later, ends no later login. */
const LONGEST_AGE = '2 minutes'

const refused = (): Problem =>
  new Problem(400, 'OIDC_TOKEN_REFUSED', 'This is no logout token of the provider for this server.')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The subject that a token names. One that names a session of the provider alone is refused: we know none of them.
 *
 * @param keys asked for once the token looks like one
 * @throws {Problem} 400 OIDC_TOKEN_REFUSED, 503 OIDC_UNAVAILABLE
 */
export async function subjectOfLogout(
  token: string,
  { issuer, id_token_signing_alg_values_supported: algorithms = [] }: ServerMetadata,
  clientId: string,
  keys: () => Promise<JSONWebKeySet>,
): Promise<string> {
  try {
    const { alg = '', typ = 'JWT' } = decodeProtectedHeader(token)
    if (!algorithms.includes(alg) || !/^(?:application\/)?(?:jwt|logout\+jwt)$/i.test(typ)) throw refused()
    const { payload } = await jwtVerify(token, createLocalJWKSet(await keys()), {
      issuer,
      audience: clientId,
      algorithms,
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: LONGEST_AGE,
      requiredClaims: ['sub', 'iat', 'jti', 'events'],
    })
    const { sub, events } = payload
    // An ID token has a nonce, and no event.
    if ('nonce' in payload || !isObject(events) || !isObject(events[EVENT]) || !sub) throw refused()
    return sub
  } catch (error) {
    throw isProblem(error) ? error : refused()
  }
}
