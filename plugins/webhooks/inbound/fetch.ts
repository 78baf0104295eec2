/** Fetches an object: from its own origin only, within a time, no more than a limit, and what was announced. */
import type { WebhookConfig } from '../settings.ts'
import { authorizationFor, type FetchSettings, isAllowed } from './address.ts'
import { FetchFailure } from './failure.ts'

/** What is to be fetched, and what it has to be. */
export interface Wanted {
  readonly url: string
  /** SHA-256 in hex, where it was stated. */
  readonly sha256: string | null
  /** Bytes, where they were stated. */
  readonly size: number | null
}

/** The settings that a fetch goes by. */
export type FetchLimits = FetchSettings & Pick<WebhookConfig, 'maxBytes' | 'fetchTimeLimit'>

const MOST_REDIRECTS = 3

const lasting = (code: string, reason: string): FetchFailure => new FetchFailure(code, reason, false)
const passing = (code: string, reason: string): FetchFailure => new FetchFailure(code, reason, true)

/** Such a status may be another one next time. */
const isPassing = (status: number): boolean => status >= 500 || [408, 425, 429].includes(status)

function refusalOf(status: number): FetchFailure {
  if (status === 404 || status === 410) return lasting('OBJECT_NOT_FOUND', 'The origin has no such object.')
  return isPassing(status)
    ? passing('ORIGIN_UNAVAILABLE', `The origin answered with status ${status}.`)
    : lasting('ORIGIN_REFUSED', `The origin answered with status ${status}.`)
}

/** An answer whose body nobody reads would keep its connection. */
async function drop(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
}

/** The next URL of a redirect. @throws {FetchFailure} where it leads to another origin */
function redirected(response: Response, from: URL): URL {
  const location = response.headers.get('location') ?? ''
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null
  if (next === null || next.origin !== from.origin) {
    throw lasting('REDIRECT_REFUSED', 'The origin sends on to another one.')
  }
  return next
}

async function open(settings: FetchLimits, url: URL, signal: AbortSignal, redirects = 0): Promise<Response> {
  const authorization = authorizationFor(settings, url.origin)
  const response = await fetch(url.href, {
    redirect: 'manual',
    // A small answer must not become a large one.
    decompress: false,
    headers: { 'accept-encoding': 'identity', ...(authorization === undefined ? {} : { authorization }) },
    signal,
  })
  if (response.status === 200) return response
  await drop(response)
  if (![301, 302, 303, 307, 308].includes(response.status)) throw refusalOf(response.status)
  if (redirects === MOST_REDIRECTS) throw lasting('REDIRECT_REFUSED', 'The origin sends on and on.')
  return open(settings, redirected(response, url), signal, redirects + 1)
}

/** @throws {FetchFailure} where the headers say that it is not what was announced */
function checkHeaders({ headers }: Response, { maxBytes }: FetchLimits, { size }: Wanted): void {
  if (!['', 'identity'].includes(headers.get('content-encoding') ?? '')) {
    throw lasting('ORIGIN_REFUSED', 'The origin sends the object compressed, as nobody has asked it to.')
  }
  const length = headers.get('content-length')
  if (length === null) return
  if (Number(length) > maxBytes) throw tooLarge(maxBytes)
  if (size !== null && Number(length) !== size) throw otherSize(size)
}

const tooLarge = (maxBytes: number): FetchFailure =>
  lasting('RECORDING_TOO_LARGE', `A recording may have up to ${maxBytes} bytes.`)

const otherSize = (size: number): FetchFailure =>
  lasting('SIZE_MISMATCH', `The object has not the ${size} bytes that were announced.`)

async function* checked(
  response: Response,
  { maxBytes }: FetchLimits,
  { sha256, size }: Wanted,
): AsyncGenerator<Uint8Array, void> {
  const hasher = new Bun.CryptoHasher('sha256')
  let count = 0
  for await (const chunk of response.body ?? []) {
    count += chunk.byteLength
    if (count > maxBytes) throw tooLarge(maxBytes)
    if (size !== null && count > size) throw otherSize(size)
    if (sha256 !== null) hasher.update(chunk)
    yield chunk
  }
  if (size !== null && count !== size) throw otherSize(size)
  if (sha256 !== null && hasher.digest('hex') !== sha256) {
    throw lasting('CHECKSUM_MISMATCH', 'The object has not the SHA-256 that was announced.')
  }
}

/**
 * The bytes of an object as they come. Whoever reads them to their end has all of them, and what was announced.
 *
 * @throws {FetchFailure} while they are read
 */
export async function* fetchObject(
  settings: FetchLimits,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const url = new URL(wanted.url)
  // The settings may be others than when it was announced.
  if (!isAllowed(settings, url.origin)) {
    throw lasting('FETCH_ORIGIN_REFUSED', 'Nothing is fetched from the origin of this URL any more.')
  }
  const limit = AbortSignal.timeout(settings.fetchTimeLimit)
  const done = new AbortController()
  try {
    const response = await open(settings, url, AbortSignal.any([signal, limit, done.signal]))
    checkHeaders(response, settings, wanted)
    yield* checked(response, settings, wanted)
  } catch (error) {
    if (error instanceof FetchFailure || signal.aborted) throw error
    throw limit.aborted
      ? passing('FETCH_TIMEOUT', `The fetch took longer than ${settings.fetchTimeLimit} ms.`)
      : passing('ORIGIN_UNAVAILABLE', 'The origin could not be reached, or broke off.')
  } finally {
    done.abort()
  }
}
