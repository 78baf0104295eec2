import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import {
  type Certificates,
  makeCertificates,
  OPENSSL,
  opensslNote,
} from '../../../test/support/certificates.ts'
import { createLog } from '../../observe/log.ts'
import { createProvider } from './provider.ts'
import type { OidcSettings } from './settings.ts'

const settings = (issuer: string, ca?: string): OidcSettings => ({
  issuer,
  clientId: 'myoserve',
  clientSecret: 'a secret',
  scopes: 'openid',
  nameClaim: 'name',
  rolesClaim: 'roles',
  roles: undefined,
  createUsers: false,
  ca,
  publicUrl: undefined,
})

const clientOf = (issuer: string, ca?: string) =>
  createProvider(settings(issuer, ca), createLog('silent')).client()

const away = { code: 'OIDC_UNAVAILABLE', status: 503 }

/** Serves what a provider says of itself. @param change of what is right */
function serve(change: (issuer: string) => object | Response, tls?: { cert: string; key: string }) {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    ...(tls && { tls }),
    fetch(request): Response {
      const { origin: issuer } = new URL(request.url)
      const changed = change(issuer)
      if (changed instanceof Response) return changed
      return Response.json({
        issuer,
        authorization_endpoint: `${issuer}/a`,
        token_endpoint: `${issuer}/t`,
        ...changed,
      })
    },
  })
  const issuer = `${tls ? 'https' : 'http'}://127.0.0.1:${server.port}`
  return { issuer, [Symbol.dispose]: () => void server.stop(true) }
}

describe('what a provider says of itself', () => {
  test('is taken, with the algorithms of keys that are its own', async () => {
    using server = serve(() => ({
      id_token_signing_alg_values_supported: ['none', 'HS256', 'ES256', 'RS256'],
    }))
    const metadata = (await clientOf(server.issuer)).serverMetadata()
    expect(metadata.id_token_signing_alg_values_supported).toEqual(['ES256', 'RS256'])
  })

  test.each<[string, (issuer: string) => object | Response]>([
    ['another issuer', () => ({ issuer: 'https://id.example' })],
    ['a place of many issuers', (issuer) => ({ issuer: `${issuer}/{tenantid}` })],
    ['no algorithm but HS256', () => ({ id_token_signing_alg_values_supported: ['HS256'] })],
    ['no way to show a secret', () => ({ token_endpoint_auth_methods_supported: ['private_key_jwt'] })],
    ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['no JSON', () => new Response('{', { headers: { 'content-type': 'application/json' } })],
    ['that it is elsewhere', () => Response.redirect('https://id.example', 302)],
    ['more than can be meant', () => Response.json({ text: 'x'.repeat(2 ** 20) })],
  ])('is not taken where it is %s', async (_, change) => {
    using server = serve(change)
    expect(await clientOf(server.issuer).catch((error: unknown) => error)).toMatchObject(away)
  })

  test('is asked for once, by however many at once, and again where it failed', async () => {
    let asked = 0
    using server = serve(() => (asked++ === 0 ? new Response(null, { status: 503 }) : {}))
    const provider = createProvider(settings(server.issuer), createLog('silent'))
    const first = await Promise.allSettled([provider.client(), provider.client()])
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await Promise.all([provider.client(), provider.client(), provider.client()])
    await provider.client()
    expect(asked).toBe(2)
  })
})

describe.skipIf(!OPENSSL)(`over TLS${opensslNote}`, () => {
  let certificates: Certificates
  beforeAll(async () => {
    certificates = await makeCertificates()
  })
  afterAll(() => certificates.remove())

  test('by an authority that is set, and by no other', async () => {
    const { ca, cert, key } = certificates
    using server = serve(() => ({}), { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') })
    expect((await clientOf(server.issuer, readFileSync(ca, 'utf8'))).serverMetadata().issuer).toBe(
      server.issuer,
    )
    expect(await clientOf(server.issuer).catch((error: unknown) => error)).toMatchObject(away)
  })
})
