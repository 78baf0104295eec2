/** What the routes and the commands share that link users to whom a provider knows. */
import * as v from 'valibot'
import { Problem } from '../../http/problem.ts'
import type { Access } from '../access.ts'
import type { Oidc } from './oidc.ts'

/** OpenID Connect Core 1.0, section 2: at most 255 characters of ASCII. */
export const Subject = v.pipe(
  v.string(),
  v.regex(/^[\x20-\x7e]{1,255}$/, 'expected 1 to 255 characters of ASCII'),
  v.description('The claim sub of the user at the provider'),
)

/** @throws {Problem} 404 OIDC_NOT_SET */
export function oidcOf({ oidc }: Pick<Access, 'oidc'>): Oidc {
  if (oidc) return oidc
  throw new Problem(404, 'OIDC_NOT_SET', 'Nobody logs in by a provider here: OIDC_ISSUER is not set.')
}

export const notLinked = (): Problem =>
  new Problem(404, 'OIDC_NOT_LINKED', 'This user is linked to nobody at the provider.')
