/** A provider of OpenID Connect on this machine, with faults to be had, and a browser that keeps cookies. */
import { createServer, type ServerResponse } from 'node:http'
import { decodeJwt, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Context } from 'oidc-provider'

export const CLIENT_ID = 'myoserve'
export const CLIENT_SECRET = 'a secret of the client & its signs: +%'

/** A token that was issued, and what it was, or is to be, signed by. */
export interface Issued {
  readonly idToken: string
  readonly claims: JWTPayload
  /** Signs claims as the provider does. */
  sign(claims: JWTPayload, header?: object): Promise<string>
  /** The public key. */
  readonly publicKey: JWK
}

export interface TestProvider {
  readonly issuer: string
  /** Who logs in there; null: who refuses to. */
  account: string | null
  /** Claims by account, beside `sub`. */
  readonly claims: Map<string, Record<string, unknown>>
  /** What a client gets in place of the token that was issued. */
  forge: ((issued: Issued) => string | Promise<string>) | undefined
  /** How it fails: it hangs up, or answers an error of its own. */
  fault: 'hangs up' | 'answers 500' | undefined
  /** Requests that it got. */
  readonly asked: string[]
  /** Lets clients be led back to these, with another key than before. */
  open(...redirectUris: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/** Hands on what a handler answers at its end, altered. */
function alterEnd(response: ServerResponse, alter: (body: string) => Promise<string>): void {
  const end = response.end.bind(response)
  response.end = ((body?: unknown) => {
    void alter(String(body ?? '')).then((altered) => {
      response.setHeader('content-length', Buffer.byteLength(altered))
      end(altered)
    })
    return response
  }) as typeof response.end
}

/** oidc-provider tells what is not for production, at length. */
function quietly<T>(work: () => T): T {
  const { warn, info } = console
  console.warn = console.info = () => undefined
  try {
    return work()
  } finally {
    Object.assign(console, { warn, info })
  }
}

export async function startTestProvider(): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  let provider: Provider | undefined
  let keys: { readonly privateKey: CryptoKey; readonly publicKey: JWK; readonly kid: string }
  let rotations = 0

  const made: TestProvider = {
    issuer,
    account: null,
    claims: new Map(),
    forge: undefined,
    fault: undefined,
    asked: [],
    async open(...redirectUris) {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
      const kid = `key-${++rotations}`
      keys = { privateKey, publicKey: await exportJWK(publicKey), kid }
      const jwk = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
      provider = quietly(
        () =>
          new Provider(issuer, {
            jwks: { keys: [jwk] },
            clients: [
              {
                client_id: CLIENT_ID,
                client_secret: CLIENT_SECRET,
                redirect_uris: redirectUris,
                post_logout_redirect_uris: redirectUris.map((uri) => `${new URL(uri).origin}/`),
              },
            ],
            claims: { profile: ['preferred_username', 'name'], openid: ['sub', 'groups'] },
            findAccount: (_: unknown, id: string) => ({
              accountId: id,
              claims: () => ({ sub: id, ...made.claims.get(id) }),
            }),
            loadExistingGrant: async ({ oidc }: Context) => {
              const { clientId } = oidc.client
              const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId })
              grant.addOIDCScope('openid profile')
              await grant.save()
              return grant
            },
            interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
            features: { devInteractions: { enabled: false } },
            cookies: { keys: ['a key'] },
            ttl: { Grant: 600, Session: 600, Interaction: 600, IdToken: 600, AccessToken: 600 },
          }),
      )
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function forged(body: string, forge: NonNullable<TestProvider['forge']>): Promise<string> {
    const { id_token: idToken, ...rest } = JSON.parse(body)
    if (idToken === undefined) return body
    const { privateKey, publicKey, kid } = keys
    const sign = (claims: JWTPayload, header: object = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey)
    const id_token = await forge({ idToken, claims: decodeJwt(idToken), sign, publicKey })
    return JSON.stringify({ ...rest, id_token })
  }

  server.on('request', (request, response) => {
    made.asked.push(`${request.method} ${request.url?.split('?')[0]}`)
    if (made.fault === 'hangs up' || !provider) return void request.socket.destroy()
    if (made.fault === 'answers 500') return void response.writeHead(500).end('an error')
    if (request.url?.startsWith('/interaction/')) {
      const { account } = made
      const result = account === null ? { error: 'access_denied' } : { login: { accountId: account } }
      return void provider.interactionFinished(request, response, result)
    }
    const { forge } = made
    if (forge && request.url === '/token') alterEnd(response, (body) => forged(body, forge))
    void provider.callback()(request, response)
  })
  return made
}

/** A browser, as far as cookies and redirects go. */
export interface TestBrowser {
  /** By name; hosts and paths are not told apart. */
  readonly cookies: Map<string, string>
  /** Follows redirects up to an address that begins so, which it does not ask for. */
  follow(url: string, upTo: string): Promise<URL>
  get(url: string | URL, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export function createTestBrowser(): TestBrowser {
  const cookies = new Map<string, string>()
  const browser: TestBrowser = {
    cookies,
    async get(url, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie, ...headers } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return answer
    },
    async follow(url, upTo) {
      let at = url
      for (let steps = 0; steps < 10; steps++) {
        const answer = await browser.get(at)
        const location = answer.headers.get('location')
        if (location === null) throw new Error(`${at} answers ${answer.status}: ${await answer.text()}`)
        at = new URL(location, at).href
        if (at.startsWith(upTo)) return new URL(at)
      }
      throw new Error(`${at} leads on and on`)
    },
  }
  return browser
}
