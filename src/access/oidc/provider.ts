/** The provider of OpenID Connect: what it says of itself, asked for when it is needed, and calls to it within bounds. */
import type { JSONWebKeySet } from 'jose'
import * as client from 'openid-client'
import * as v from 'valibot'
import { Problem } from '../../http/problem.ts'
import type { Logger } from '../../observe/log.ts'
import { fetchWith, reasonOf } from './calls.ts'
import type { OidcSettings } from './settings.ts'

/** Keys of the provider alone can sign these: neither `none`, nor what the secret of the client, or a public key, would do for. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

const DEADLINE_S = 5
const METADATA_MS = 600_000

/** How far the clock of the provider may be from ours, in s. */
export const CLOCK_TOLERANCE_S = 60

const KeySet = v.object({ keys: v.array(v.looseObject({ kty: v.string() })) })

export const unavailable = (): Problem =>
  new Problem(
    503,
    'OIDC_UNAVAILABLE',
    'The provider does not answer as it should; try again shortly, or log in by a password.',
    { headers: { 'retry-after': '5' } },
  )

function authenticationOf(secret: string | undefined, methods: readonly string[]): client.ClientAuth {
  if (secret === undefined) return client.None()
  if (methods.includes('client_secret_basic')) return client.ClientSecretBasic(secret)
  if (methods.includes('client_secret_post')) return client.ClientSecretPost(secret)
  throw new Error(`it takes no secret, but ${methods.join(', ')}`)
}

export interface Provider {
  /**
   * A client of it. Its keys are fetched for each: there are few logins, and a key that it has taken back counts no more.
   *
   * @throws {Problem} 503 OIDC_UNAVAILABLE
   */
  client(): Promise<client.Configuration>
  /** Its keys as they are now. @throws {Problem} 503 OIDC_UNAVAILABLE */
  keys(): Promise<JSONWebKeySet>
}

/** Touches nothing before it is asked. */
export function createProvider(settings: OidcSettings, log: Logger): Provider {
  const { issuer, clientId, clientSecret, ca } = settings
  const ask = fetchWith(ca)
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []

  async function discover(): Promise<client.ServerMetadata> {
    const found = await client.discovery(new URL(issuer), clientId, undefined, undefined, {
      timeout: DEADLINE_S,
      execute,
      [client.customFetch]: ask,
    })
    const metadata: client.ServerMetadata = { ...found.serverMetadata() }
    // One that speaks for many, as Entra ID does at `/common`, would let anybody in who has an account anywhere.
    if (new URL(metadata.issuer).href !== new URL(issuer).href)
      throw new Error(`it calls itself ${metadata.issuer}`)
    const { id_token_signing_alg_values_supported: algorithms = ['RS256'] } = metadata
    const taken = algorithms.filter((each) => ALGORITHMS.includes(each))
    if (taken.length === 0) throw new Error(`it signs by ${algorithms.join(', ')} alone`)
    return { ...metadata, id_token_signing_alg_values_supported: taken }
  }

  let known: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined
  let asking: Promise<client.ServerMetadata> | undefined

  async function metadataNow(): Promise<client.ServerMetadata> {
    if (known && performance.now() - known.at < METADATA_MS) return known.metadata
    // All who come meanwhile wait for one answer; a failure is for them alone.
    asking ??= discover().finally(() => {
      asking = undefined
    })
    const metadata = await asking
    known = { metadata, at: performance.now() }
    return metadata
  }

  /** @throws {Problem} 503 OIDC_UNAVAILABLE */
  async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      log.error({ issuer, reason: reasonOf(error) }, 'oidc: the provider is of no use')
      throw unavailable()
    }
  }

  return {
    client: () =>
      orUnavailable(async () => {
        const metadata = await metadataNow()
        const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
        const made = new client.Configuration(
          metadata,
          clientId,
          { [client.clockTolerance]: CLOCK_TOLERANCE_S },
          authenticationOf(clientSecret, methods),
        )
        made[client.customFetch] = ask
        made.timeout = DEADLINE_S
        // What comes from the provider itself would be taken without a look at its signature otherwise.
        for (const extension of [client.enableNonRepudiationChecks, ...execute]) extension(made)
        return made
      }),
    keys: () =>
      orUnavailable(async () => {
        const { jwks_uri } = await metadataNow()
        if (jwks_uri === undefined) throw new Error('it names no keys')
        const answer = await ask(jwks_uri, {
          method: 'GET',
          headers: { accept: 'application/json' },
          body: undefined,
          redirect: 'manual',
          signal: AbortSignal.timeout(DEADLINE_S * 1000),
        })
        if (!answer.ok) throw new Error(`it answered ${answer.status} for its keys`)
        return v.parse(KeySet, await answer.json()) as JSONWebKeySet
      }),
  }
}
