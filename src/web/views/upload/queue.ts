/** What becomes of files that are uploaded: every state a file can be in, and how it gets from one to the next. Pure. */

/** Files that are sent at once; a browser opens six connections to a server, and other views need some. */
export const MOST_SENDING = 3

/** Analyses that are followed at once, each by a connection of its own; a server works on two at a time. */
export const MOST_FOLLOWED = 2

/** How often a server that has too much to do is asked again by itself. */
const MOST_PUT_OFF = 5

/** Why a file was not taken, or could not be analysed. */
export interface Failure {
  readonly code: string
  /** 0 where no answer came. */
  readonly status: number
  /** The server’s own sentence, in English. */
  readonly detail: string
  readonly requestId: string | null
  /** The session that stands in the way: the same recording is part of it. */
  readonly sessionId?: string | undefined
}

/** How good the signals are, over the channels of EMG. */
export interface Quality {
  readonly good: number
  readonly usable: number
  readonly poor: number
}

/** What the server has of a file. */
export interface Stored {
  readonly recordingId: string
  /** null: a recording of no patient. */
  readonly sessionId: string | null
  readonly startedAt: string | null
  readonly startedAtBasis: 'stated' | 'metadata' | 'file-name' | 'received' | null
  /** The same bytes were there already. */
  readonly isKnown: boolean
  /** Codes of what is odd about the file. */
  readonly warnings: readonly string[]
}

export type State =
  /** Its name says another patient than the one chosen: somebody has to say whose it is. */
  | { readonly kind: 'doubtful'; readonly named: readonly string[] }
  /** @property notBefore ms of the clock: the server has asked to wait */
  | { readonly kind: 'waiting'; readonly notBefore: number; readonly putOff: number }
  | { readonly kind: 'sending'; readonly sent: number; readonly putOff: number }
  /** All bytes are sent; the server reads and stores them. */
  | { readonly kind: 'storing'; readonly putOff: number }
  /** @property percent null: it waits for its turn, or nothing is known of it */
  | {
      readonly kind: 'analysing'
      readonly stored: Stored
      /** The job that was asked for once more. */
      readonly jobId?: string | undefined
      readonly isFollowed: boolean
      readonly percent: number | null
      /** Why no server runs it, in English. */
      readonly held: string | null
    }
  | { readonly kind: 'done'; readonly stored: Stored; readonly quality: Quality | null }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly stored: Stored | null }
  | { readonly kind: 'cancelled' }

/** A file on its way. */
export interface Entry {
  readonly id: number
  readonly name: string
  readonly size: number
  /** null: a recording of no patient. */
  readonly patientCode: string | null
  readonly state: State
}

export type Queue = readonly Entry[]

export type Event =
  | { readonly type: 'added'; readonly entries: ReadonlyArray<Omit<Entry, 'state'>> }
  /** Somebody has said whose a doubtful file is. */
  | { readonly type: 'settled'; readonly id: number; readonly patientCode: string | null }
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'progressed'; readonly id: number; readonly sent: number }
  | { readonly type: 'stored'; readonly id: number; readonly stored: Stored }
  /** @property until ms of the clock */
  | { readonly type: 'put off'; readonly id: number; readonly until: number; readonly failure: Failure }
  | { readonly type: 'followed'; readonly id: number }
  | {
      readonly type: 'analysing'
      readonly id: number
      readonly percent: number | null
      readonly held: string | null
    }
  | { readonly type: 'analysed'; readonly id: number; readonly quality: Quality | null }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'cancelled'; readonly id: number }
  /** @property jobId of the analysis that was asked for once more */
  | { readonly type: 'retried'; readonly id: number; readonly jobId?: string | undefined }
  /** The network is back. */
  | { readonly type: 'reconnected' }
  | { readonly type: 'removed'; readonly id: number }
  /** What is over leaves the list. */
  | { readonly type: 'cleared' }

const WAITING = { kind: 'waiting', notBefore: 0, putOff: 0 } as const

/** P and three to nine digits that are no part of a word, as the server finds a patient in a path. */
const PATIENT = /(?<![A-Za-z0-9])P\d{3,9}(?![A-Za-z0-9])/g

/** The codes of patients in the name of a file or its folders. */
export const codesIn = (name: string): string[] => [...new Set(name.match(PATIENT) ?? [])]

const EMPTY: Failure = { code: 'EMPTY', status: 0, detail: 'The file is empty.', requestId: null }

/** A file that says nothing else than what was chosen goes; what can be told without the server is told at once. */
function firstState({ name, size, patientCode }: Omit<Entry, 'state'>): State {
  if (size === 0) return { kind: 'failed', failure: EMPTY, stored: null }
  const named = codesIn(name)
  const isDoubtful = patientCode !== null && named.some((code) => code !== patientCode)
  return isDoubtful ? { kind: 'doubtful', named } : WAITING
}

/** Whether bytes of it are on their way, or wait to be. */
export const isUnsent = ({ state: { kind } }: Entry): boolean =>
  kind === 'waiting' || kind === 'sending' || kind === 'storing' || kind === 'doubtful'

/** Whether nothing more becomes of it by itself. */
export const isOver = ({ state: { kind } }: Entry): boolean =>
  kind === 'done' || kind === 'failed' || kind === 'cancelled'

/** Whether it may be stopped: what the server is storing already may not. */
export const isCancellable = ({ state: { kind } }: Entry): boolean =>
  kind === 'waiting' || kind === 'sending' || kind === 'doubtful'

/** What may pass by itself, or by signing in again. */
const PASSING = new Set([401, 408, 429])

/** Whether another attempt may end better: one at what the server has is always worth it. */
export function canRetry(state: State): boolean {
  if (state.kind === 'cancelled') return true
  if (state.kind !== 'failed') return false
  const { code, status } = state.failure
  return (
    state.stored !== null ||
    code === 'UNREACHABLE' ||
    code === 'BAD_FORM' ||
    status >= 500 ||
    PASSING.has(status)
  )
}

/** No answer came: it may have, once the network is back. */
const isLost = ({ state }: Entry): boolean =>
  state.kind === 'failed' && state.stored === null && state.failure.code === 'UNREACHABLE'

/** The next state of an entry; the same where the event comes too late to mean anything. */
function step(entry: Entry, event: Exclude<Event, { type: 'added' | 'removed' | 'cleared' }>): State {
  const { state } = entry
  switch (event.type) {
    case 'settled':
      return state.kind === 'doubtful' ? WAITING : state
    case 'started':
      return state.kind === 'waiting' ? { kind: 'sending', sent: 0, putOff: state.putOff } : state
    case 'progressed':
      if (state.kind !== 'sending') return state
      return event.sent >= entry.size
        ? { kind: 'storing', putOff: state.putOff }
        : { ...state, sent: Math.max(state.sent, event.sent) }
    case 'stored':
      if (state.kind !== 'sending' && state.kind !== 'storing') return state
      return { kind: 'analysing', stored: event.stored, isFollowed: false, percent: null, held: null }
    case 'put off':
      if (state.kind !== 'sending' && state.kind !== 'storing') return state
      return state.putOff < MOST_PUT_OFF
        ? { kind: 'waiting', notBefore: event.until, putOff: state.putOff + 1 }
        : { kind: 'failed', failure: event.failure, stored: null }
    case 'followed':
      return state.kind === 'analysing' ? { ...state, isFollowed: true } : state
    case 'analysing':
      return state.kind === 'analysing' ? { ...state, percent: event.percent, held: event.held } : state
    case 'analysed':
      return state.kind === 'analysing'
        ? { kind: 'done', stored: state.stored, quality: event.quality }
        : state
    case 'failed':
      if (isOver(entry)) return state
      return {
        kind: 'failed',
        failure: event.failure,
        stored: state.kind === 'analysing' ? state.stored : null,
      }
    case 'cancelled':
      return isCancellable(entry) ? { kind: 'cancelled' } : state
    case 'retried':
      if (state.kind === 'cancelled') return WAITING
      if (state.kind !== 'failed') return state
      if (!state.stored) return WAITING
      return {
        kind: 'analysing',
        stored: state.stored,
        jobId: event.jobId,
        isFollowed: false,
        percent: null,
        held: null,
      }
    case 'reconnected':
      return isLost(entry) ? WAITING : state
  }
}

/** The queue after an event. */
export function reduce(queue: Queue, event: Event): Queue {
  switch (event.type) {
    case 'added':
      return [...queue, ...event.entries.map((entry) => ({ ...entry, state: firstState(entry) }))]
    case 'removed':
      return queue.filter((entry) => entry.id !== event.id || !(isOver(entry) || isCancellable(entry)))
    case 'cleared':
      return queue.filter((entry) => !isOver(entry))
    default:
      return queue.map((entry) => {
        if ('id' in event && entry.id !== event.id) return entry
        const state = step(entry, event)
        if (state === entry.state) return entry
        return event.type === 'settled'
          ? { ...entry, patientCode: event.patientCode, state }
          : { ...entry, state }
      })
  }
}

/** What is to be sent next, in the order in which it came. */
export function toSend(queue: Queue, now: number): Entry[] {
  const busy = queue.filter(({ state: { kind } }) => kind === 'sending' || kind === 'storing').length
  return queue
    .filter(({ state }) => state.kind === 'waiting' && state.notBefore <= now)
    .slice(0, Math.max(0, MOST_SENDING - busy))
}

/** Whose analyses are to be followed next: the oldest, which the server takes first. */
export function toFollow(queue: Queue): Entry[] {
  const isFollowed = ({ state }: Entry) => state.kind === 'analysing' && state.isFollowed
  return queue
    .filter((entry) => entry.state.kind === 'analysing' && !isFollowed(entry))
    .slice(0, Math.max(0, MOST_FOLLOWED - queue.filter(isFollowed).length))
}

/** When the next one may go that was put off, ms of the clock; null: none is. */
export function nextDue(queue: Queue, now: number): number | null {
  const due = queue.flatMap(({ state }) =>
    state.kind === 'waiting' && state.notBefore > now ? [state.notBefore] : [],
  )
  return due.length === 0 ? null : Math.min(...due)
}

/** All there is, in figures. */
export interface Totals {
  readonly files: number
  readonly done: number
  readonly failed: number
  readonly doubtful: number
  readonly size: number
  /** Bytes that the server has, or is given. */
  readonly sent: number
}

const sentOf = ({ state, size }: Entry): number => {
  if (state.kind === 'sending') return Math.min(state.sent, size)
  if (state.kind === 'storing' || state.kind === 'analysing' || state.kind === 'done') return size
  return state.kind === 'failed' && state.stored ? size : 0
}

/** Sums over what was not given up. */
export function totalsOf(queue: Queue): Totals {
  const count = (kind: State['kind']) => queue.filter(({ state }) => state.kind === kind).length
  const meant = queue.filter(
    ({ state }) => state.kind !== 'cancelled' && !(state.kind === 'failed' && state.stored === null),
  )
  return {
    files: queue.length - count('cancelled'),
    done: count('done'),
    failed: count('failed'),
    doubtful: count('doubtful'),
    size: meant.reduce((sum, { size }) => sum + size, 0),
    sent: meant.reduce((sum, entry) => sum + sentOf(entry), 0),
  }
}
