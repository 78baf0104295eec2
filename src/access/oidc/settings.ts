/** What is set of the provider of OpenID Connect, settled at the start. */
import { readFileSync } from 'node:fs'
import type { HostConfig } from '../../config/schema.ts'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import type { RoleGrant } from './claims.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  /** Absent: a public client, which PKCE protects. */
  readonly clientSecret: string | undefined
  readonly scopes: string
  /** Names a user who is made at the first login. */
  readonly nameClaim: string
  readonly rolesClaim: string
  /** Absent: roles are given here. */
  readonly roles: readonly RoleGrant[] | undefined
  readonly createUsers: boolean
  /** PEM; absent: the authorities that come with the program. */
  readonly ca: string | undefined
  /** Where browsers reach us; absent: as each request says it. */
  readonly publicUrl: string | undefined
}

/** A value may have `=` in it, such as the name of a group in a directory. */
function grantOf(text: string): RoleGrant {
  const equals = text.lastIndexOf('=')
  return { value: text.slice(0, equals).trim(), role: text.slice(equals + 1).trim() }
}

function readAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure(EXIT.badConfiguration, `OIDC_CA_FILE cannot be read: ${messageOf(error)}`)
  }
}

/**
 * @returns undefined where no provider is set
 * @throws {Failure} 78 where settings lack that belong together, or the authorities cannot be read
 */
export function planOidc(settings: HostConfig): OidcSettings | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcCaFile } = settings
  if (issuer === undefined && clientId === undefined) return undefined
  if (issuer === undefined || clientId === undefined) {
    const [given, missing] =
      issuer === undefined ? ['OIDC_CLIENT_ID', 'OIDC_ISSUER'] : ['OIDC_ISSUER', 'OIDC_CLIENT_ID']
    throw new Failure(
      EXIT.badConfiguration,
      `${given} is set without ${missing}: logging in by a provider takes both`,
    )
  }
  return {
    issuer,
    clientId,
    clientSecret: settings.oidcClientSecret,
    scopes: settings.oidcScopes,
    nameClaim: settings.oidcNameClaim,
    rolesClaim: settings.oidcRolesClaim,
    roles: settings.oidcRoles?.map(grantOf),
    createUsers: settings.oidcCreateUsers,
    ca: oidcCaFile === undefined ? undefined : readAuthorities(oidcCaFile),
    publicUrl: settings.publicUrl,
  }
}
