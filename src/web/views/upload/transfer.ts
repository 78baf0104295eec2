/** Sends a file, and says how far it is: `fetch` tells nobody how much of a body is sent. */
import { ApiProblem, problemOf } from '../../api/client.ts'

/** What came of a transfer that the server took. */
export interface Sent<T> {
  readonly data: T
  /** False where the same bytes were there already. */
  readonly created: boolean
}

/** A refusal, with what its head says beside it. */
export interface Refusal {
  readonly problem: ApiProblem
  /** The record that stands in the way, such as `/api/sessions/…`. */
  readonly location: string | null
}

/** Thrown by {@link send}. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(readonly refusal: Refusal) {
    super(refusal.problem.message)
  }
}

const ownProblem = (code: string, detail: string): Refused =>
  new Refused({ problem: new ApiProblem(0, code, detail), location: null })

/** A request that ended without an answer: for want of a network, or of the file itself. */
async function lost(file: Blob): Promise<Refused> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    return ownProblem('FILE_UNREADABLE', 'The file cannot be read any more.')
  }
  return ownProblem('UNREACHABLE', 'The server does not answer.')
}

async function refused(request: XMLHttpRequest): Promise<Refused> {
  const headers = new Headers()
  for (const name of ['x-request-id', 'retry-after']) {
    const value = request.getResponseHeader(name)
    if (value !== null) headers.set(name, value)
  }
  const response = new Response(request.responseText, { status: request.status, headers })
  return new Refused({
    problem: await problemOf(response),
    location: request.getResponseHeader('location'),
  })
}

/**
 * Posts a file as it is.
 *
 * @param onProgress with the bytes that are sent
 * @throws {Refused}, or the reason of the signal
 */
export function send<T>(
  url: string,
  file: Blob,
  { onProgress, signal }: { readonly onProgress: (sent: number) => void; readonly signal: AbortSignal },
): Promise<Sent<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.upload.addEventListener('load', () => onProgress(file.size))
    request.addEventListener('error', () => void lost(file).then(reject))
    request.addEventListener('abort', () => reject(signal.reason))
    request.addEventListener('load', () => {
      if (request.status < 200 || request.status > 299) return void refused(request).then(reject)
      try {
        resolve({ data: JSON.parse(request.responseText) as T, created: request.status === 201 })
      } catch {
        reject(ownProblem('UNEXPECTED_ANSWER', 'The server answered what is no JSON.'))
      }
    })
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
