/** The files that are uploaded, whichever view is shown: it sends them, follows their analyses, and keeps the list. */
import { effect, signal, untracked } from '@preact/signals'
import { type Answer, ApiProblem, ask, urlOf } from '../../api/client.ts'
import { refresh } from '../../api/use-read.ts'
import { may, viewer, viewerState } from '../../app/viewer.ts'
import { followAnalysis } from './follow.ts'
import {
  type Entry,
  type Event,
  type Failure,
  isUnsent,
  nextDue,
  type Quality,
  type Queue,
  reduce,
  type Stored,
  toFollow,
  toSend,
} from './queue.ts'
import { Refused, send } from './transfer.ts'

/** Of servers that have too much to do, and say not how long. */
const PAUSE_S = 5

/** Answers after which the same may be tried by itself. */
const BUSY = new Set(['RATE_LIMITED', 'TOO_MANY_AT_ONCE', 'DATABASE_UNAVAILABLE'])

type PatientUpload = Answer<'POST /api/patients/{code}/recordings'>
type Recording = Answer<'POST /api/recordings'>

/** A file with the folders that it was dropped in, which may say whose it is. */
export interface Chosen {
  readonly file: File
  /** Parted by `/`. */
  readonly path: string
}

/** What is shown. */
export const uploads = signal<Queue>([])

/** Files of which nobody has said yet whose they are; they wait for that, whichever view is shown. */
export const staged = signal<readonly Chosen[]>([])

/** Contents, and what ends the work on them; neither is of any use to a view. */
const files = new Map<number, File>()
const running = new Map<number, AbortController>()
let lastId = 0
/** Who has brought the files: somebody else gets to see none of them. */
let owner: string | undefined
let alarm: ReturnType<typeof setTimeout> | undefined

function dispatch(event: Event): void {
  uploads.value = reduce(uploads.value, event)
  pump()
}

const failureOf = ({ status, code, detail, requestId }: ApiProblem): Failure => ({
  status,
  code,
  detail,
  requestId,
})

const SESSION = /^\/api\/sessions\/([^/]+)$/

/** Says what an attempt has failed of, or lets it try again. */
function failed(id: number, error: unknown): void {
  if (error instanceof Refused) {
    const { problem, location } = error.refusal
    const failure = { ...failureOf(problem), sessionId: SESSION.exec(location ?? '')?.[1] }
    if (BUSY.has(problem.code))
      dispatch({ type: 'put off', id, until: Date.now() + (problem.retryAfterS ?? PAUSE_S) * 1000, failure })
    else dispatch({ type: 'failed', id, failure })
  } else if (error instanceof ApiProblem) dispatch({ type: 'failed', id, failure: failureOf(error) })
  else throw error
}

/** Does something for a file that can be ended; what it throws is its failure, unless somebody has ended it. */
async function work(id: number, task: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    await task(controller.signal)
  } catch (error) {
    if (!controller.signal.aborted) failed(id, error)
  } finally {
    if (running.get(id) === controller) running.delete(id)
  }
}

const warningsOf = ({ description }: Recording): string[] =>
  Array.isArray(description.warnings)
    ? description.warnings.flatMap((each: { code?: unknown }) =>
        typeof each?.code === 'string' ? each.code : [],
      )
    : []

async function upload({ id, name, patientCode }: Entry, signal: AbortSignal): Promise<Stored> {
  const file = files.get(id) as File
  const onProgress = (sent: number): void => dispatch({ type: 'progressed', id, sent })
  const query = { fileName: name.split('/').at(-1) as string }
  if (patientCode === null) {
    const url = urlOf('POST /api/recordings', { query })
    const { data, created } = await send<Recording>(url, file, { onProgress, signal })
    return {
      recordingId: data.id,
      sessionId: null,
      startedAt: null,
      startedAtBasis: null,
      isKnown: !created,
      warnings: warningsOf(data),
    }
  }
  const url = urlOf('POST /api/patients/{code}/recordings', { path: { code: patientCode }, query })
  const { data, created } = await send<PatientUpload>(url, file, { onProgress, signal })
  return {
    recordingId: data.recording.id,
    sessionId: data.session.id,
    startedAt: data.session.startedAt,
    startedAtBasis: data.session.startedAtBasis,
    isKnown: !created,
    warnings: warningsOf(data.recording),
  }
}

const start = (entry: Entry): Promise<void> =>
  work(entry.id, async (signal) => {
    const stored = await upload(entry, signal)
    dispatch({ type: 'stored', id: entry.id, stored })
    refresh('/api/recordings', '/api/sessions')
  })

async function qualityOfSession(sessionId: string): Promise<Quality | null> {
  if (!may('analytics:read')) return null
  try {
    const { data } = await ask('GET /api/analytics/quality', { query: { sessionIds: sessionId } })
    return data.items[0] ?? null
  } catch (error) {
    // It was analysed all the same: the session says how good it is.
    if (error instanceof ApiProblem) return null
    throw error
  }
}

async function qualityOfRecording(id: string, signal: AbortSignal): Promise<Quality | null> {
  if (!may('analysis:read')) return null
  const { data } = await ask('GET /api/recordings/{id}/analysis', { path: { id }, signal })
  const counts = { good: 0, usable: 0, poor: 0 }
  for (const { quality } of data.channels) counts[quality.verdict]++
  return counts
}

/** Waits for the end of the analysis, and says how that was. */
async function analysed({ id, state }: Entry, signal: AbortSignal): Promise<void> {
  if (state.kind !== 'analysing') return
  const { stored, jobId } = state
  if (stored.sessionId === null) {
    const quality = await qualityOfRecording(stored.recordingId, signal)
    return dispatch({ type: 'analysed', id, quality })
  }
  const { sessionId } = stored
  const { session, jobFailure } = await followAnalysis(sessionId, {
    jobId,
    onProgress: (progress) => dispatch({ type: 'analysing', id, ...progress }),
    signal,
  })
  refresh('/api/sessions', '/api/analytics')
  const failure =
    jobFailure === null ? session.failure : { code: jobFailure, reason: 'The analysis was given up.' }
  if (session.status === 'failed' || jobFailure !== null) {
    const { code = 'ANALYSIS_FAILED', reason = 'The analysis failed.' } = failure ?? {}
    return dispatch({ type: 'failed', id, failure: { status: 0, code, detail: reason, requestId: null } })
  }
  dispatch({ type: 'analysed', id, quality: await qualityOfSession(sessionId) })
}

/** Begins what may begin now. Nothing is sent in nobody’s name. */
function pump(): void {
  clearTimeout(alarm)
  if (viewer.peek() === undefined) return
  const now = Date.now()
  for (const entry of toSend(uploads.value, now)) {
    uploads.value = reduce(uploads.value, { type: 'started', id: entry.id })
    void start(entry)
  }
  for (const entry of toFollow(uploads.value)) {
    uploads.value = reduce(uploads.value, { type: 'followed', id: entry.id })
    void work(entry.id, (signal) => analysed(entry, signal))
  }
  const due = nextDue(uploads.value, now)
  if (due !== null) alarm = setTimeout(pump, due - now)
}

function stop(id: number): void {
  running.get(id)?.abort()
  running.delete(id)
}

function forget(): void {
  for (const id of running.keys()) stop(id)
  files.clear()
  uploads.value = []
  staged.value = []
  owner = undefined
}

/** Keeps files until somebody says whose they are. */
export function stage(chosen: readonly Chosen[]): void {
  owner = viewer.peek()?.id
  staged.value = chosen
}

/** Takes files in; they are sent as soon as there is a turn for them. */
export function addFiles(chosen: readonly Chosen[], patientCode: string | null): void {
  owner = viewer.peek()?.id
  const entries = chosen.map(({ file, path }) => {
    const id = ++lastId
    files.set(id, file)
    return { id, name: path, size: file.size, patientCode }
  })
  dispatch({ type: 'added', entries })
}

/** Says whose a file is that may be another patient’s. */
export const settle = (id: number, patientCode: string | null): void =>
  dispatch({ type: 'settled', id, patientCode })

export function cancel(id: number): void {
  const entry = uploads.value.find((each) => each.id === id)
  dispatch({ type: 'cancelled', id })
  if (entry && entry.state.kind === 'sending') stop(id)
}

/** Sends a file once more, or has its recording analysed once more where the server has it. @throws {ApiProblem} */
export async function retry(id: number): Promise<void> {
  const state = uploads.value.find((each) => each.id === id)?.state
  const sessionId = state?.kind === 'failed' ? state.stored?.sessionId : null
  if (!sessionId) return dispatch({ type: 'retried', id })
  const { data } = await ask('POST /api/sessions/{id}/analysis', { path: { id: sessionId } })
  dispatch({ type: 'retried', id, jobId: data.jobId })
}

export function remove(id: number): void {
  cancel(id)
  dispatch({ type: 'removed', id })
  files.delete(id)
}

/** Takes from the list what is over. */
export function clearOver(): void {
  dispatch({ type: 'cleared' })
  const kept = new Set(uploads.value.map(({ id }) => id))
  for (const id of files.keys()) if (!kept.has(id)) files.delete(id)
}

addEventListener('online', () => dispatch({ type: 'reconnected' }))

// What was not sent yet is gone with the page; an analysis goes on without it.
addEventListener('beforeunload', (event) => {
  if (staged.value.length > 0 || uploads.value.some(isUnsent)) event.preventDefault()
})

// What somebody has brought is nobody else’s to see. Who has only to sign in again finds it as it was.
effect(() => {
  const state = viewerState.value
  untracked(() => {
    if (state.kind === 'nobody' && state.because === 'left') forget()
    if (state.kind !== 'somebody') return
    if (owner !== undefined && owner !== state.viewer.id) forget()
    pump()
  })
})
