/** Fetches what is missing of the picture, once a gesture has come to rest; what is no longer wanted is broken off. */
import { type Body, fetchAnswer, type Query, urlOf } from '../../api/client.ts'
import type { SignalView } from './contract.ts'
import type { Asking } from './cover.ts'
import { type Piece, readPieces } from './piece.ts'

const SIGNALS = 'application/vnd.myoserve.signals'

/** What makes a picture of a recording: the same ones give the same. */
export interface Picture {
  readonly recordingId: string
  readonly view: SignalView
  readonly preset: string | undefined
  readonly parameters: Readonly<Record<string, unknown>> | undefined
}

/** Names a picture, for what is kept of it. */
export const nameOf = ({ recordingId, view, preset, parameters }: Picture): string =>
  view === 'activated'
    ? `${recordingId} ${view}`
    : `${recordingId} ${view} ${preset ?? ''} ${JSON.stringify(parameters ?? null)}`

/** One request. */
export interface Wanted {
  readonly picture: Picture
  /** Indices of the channels. */
  readonly channels: readonly number[]
  readonly asking: Asking
}

/** @throws {ApiProblem}, {UnreadableSignals}, or an `AbortError` when the signal says so */
export async function fetchPieces(
  { picture, channels, asking }: Wanted,
  signal: AbortSignal,
): Promise<Piece[]> {
  const { recordingId, view, preset, parameters } = picture
  const path = { id: recordingId }
  const { fromMs: from, toMs: to, points } = asking
  const headers = { accept: SIGNALS }
  const asked = { from, to, points, view, ...(preset !== undefined && { preset }) }
  if (parameters === undefined) {
    const query: Query<'GET /api/recordings/{id}/signals'> = { channels: channels.join(','), ...asked }
    const url = urlOf('GET /api/recordings/{id}/signals', { path, query })
    const response = await fetchAnswer(url, { headers, signal })
    return readPieces(await response.arrayBuffer())
  }
  const body: Body<'POST /api/recordings/{id}/signals'> = { channels: [...channels], ...asked, parameters }
  const response = await fetchAnswer(urlOf('POST /api/recordings/{id}/signals', { path }), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  return readPieces(await response.arrayBuffer())
}

/** How the loader reaches the rest. */
export interface LoaderHost {
  /** The next request that is needed; null: all there is. */
  readonly next: () => Wanted | null
  readonly take: (wanted: Wanted, pieces: readonly Piece[]) => void
  readonly fail: (error: unknown) => void
  readonly busy: (isBusy: boolean) => void
}

export interface Loader {
  /** Something has changed: looks what is needed, at once or when nothing has changed for a moment. */
  readonly look: (when: 'now' | 'at rest') => void
  readonly stop: () => void
}

/** A gesture rests when nothing has changed for as long. */
const REST_MS = 80

/** More requests in a row than that mean that answers are not what was asked for. */
const MOST_IN_A_ROW = 8

export function createLoader(host: LoaderHost, fetchAll = fetchPieces): Loader {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: { readonly name: string; readonly control: AbortController } | undefined

  async function run(turn: number): Promise<void> {
    const wanted = turn < MOST_IN_A_ROW ? host.next() : null
    const name = wanted && JSON.stringify(wanted)
    if (running && running.name === name) return
    running?.control.abort()
    running = undefined
    if (!wanted || name === null) {
      host.busy(false)
      return
    }
    const own = { name, control: new AbortController() }
    running = own
    host.busy(true)
    try {
      const pieces = await fetchAll(wanted, own.control.signal)
      if (running !== own) return
      running = undefined
      host.take(wanted, pieces)
      await run(turn + 1)
    } catch (error) {
      if (running !== own) return
      running = undefined
      host.busy(false)
      host.fail(error)
    }
  }

  return {
    look(when) {
      clearTimeout(timer)
      if (when === 'now') void run(0)
      else timer = setTimeout(() => void run(0), REST_MS)
    },
    stop() {
      clearTimeout(timer)
      running?.control.abort()
      running = undefined
    },
  }
}
