/** What a panel asks the server with: never another one, and never longer than it is shown. */
import { fetchAnswer } from '../api/client.ts'

/**
 * The address that a panel means by a path.
 *
 * @param origin of the page, such as `http://127.0.0.1:8080`
 * @throws {TypeError} where it would lead elsewhere, as `//elsewhere/` and `/\elsewhere/` do
 */
export function addressOf(path: string, origin: string): string {
  const url = path.startsWith('/') ? URL.parse(path, origin) : null
  if (url?.origin !== origin) throw new TypeError(`A panel asks its own server alone: ${path}`)
  return url.href
}

/**
 * Makes the `fetchJson` of one panel.
 *
 * @param origin of the page
 * @param signal aborted when the panel is taken away
 */
export const createFetchJson =
  (origin: string, signal: AbortSignal) =>
  async <T = unknown>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetchAnswer(addressOf(path, origin), {
      ...init,
      headers: { accept: 'application/json', ...Object.fromEntries(new Headers(init.headers)) },
      signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal,
    })
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
