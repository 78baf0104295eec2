/** The first administrator of a server that takes logins, made as its one-time link lets anybody. */
import type { TestServer } from './server.ts'

export interface FirstAdmin {
  /** `name=value`, as a browser sends it. */
  readonly cookie: string
  /** Whole, as it was set. */
  readonly setCookie: string
  /** Makes a key that may do all that is asked for, for all patients; gives it as `Authorization` has it. */
  key(name: string, permissions: readonly string[]): Promise<string>
}

export const ADMIN_PASSWORD = 'correct horse battery staple'

/**
 * @param server that has just started, with its one-time link in the banner
 * @param send by which requests reach it, where that is not plain fetch
 */
export async function makeFirstAdmin(
  server: Pick<TestServer, 'url' | 'banner'>,
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
): Promise<FirstAdmin> {
  const token = /\/setup#\w+=(\S+)/.exec(server.banner)?.[1]
  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    send(`${server.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
    })
  const made = await post('/api/setup', { token, name: 'admin', password: ADMIN_PASSWORD })
  const setCookie = made.headers.get('set-cookie') ?? ''
  if (made.status !== 201) throw new Error(`no administrator: ${made.status} ${await made.text()}`)
  const cookie = setCookie.split(';')[0] as string
  return {
    cookie,
    setCookie,
    async key(name, permissions) {
      const answer = await post('/api/keys', { name, permissions, patients: 'all' }, { cookie })
      const { key } = (await answer.json()) as { key?: string }
      if (key === undefined) throw new Error(`no key: ${answer.status}`)
      return `Bearer ${key}`
    },
  }
}
