/** What the server knows, kept while the page is open: shown at once when it was read before, and read again. */
import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import {
  type Answer,
  type Answered,
  type ApiProblem,
  type Asked,
  ask,
  type Operation,
  urlOf,
} from './client.ts'

/** How far a read is. `data` stays while it is read again, and when that fails. */
export interface Read<T> {
  readonly data: T | undefined
  readonly etag: string | undefined
  /** Why the last attempt gave nothing. */
  readonly problem: ApiProblem | undefined
  readonly isLoading: boolean
  /** Reads again now; resolves when that is over. */
  readonly reload: () => Promise<void>
}

interface Entry {
  readonly state: Signal<Omit<Read<unknown>, 'reload'>>
  readonly load: () => Promise<void>
  users: number
}

/** Entries that nobody shows any more; beyond that the oldest are let go. */
const MOST_UNUSED = 50

const entries = new Map<string, Entry>()

function letGo(): void {
  const unused = [...entries].filter(([, { users }]) => users === 0)
  for (const [url] of unused.slice(0, Math.max(0, unused.length - MOST_UNUSED))) entries.delete(url)
}

function entryOf(url: string, read: () => Promise<Answered<unknown>>): Entry {
  const known = entries.get(url)
  if (known) return known
  const state = signal<Omit<Read<unknown>, 'reload'>>({
    data: undefined,
    etag: undefined,
    problem: undefined,
    isLoading: false,
  })
  let turn = 0
  const entry: Entry = {
    state,
    users: 0,
    async load() {
      const own = ++turn
      state.value = { ...state.value, isLoading: true }
      try {
        const { data, etag } = await read()
        // A later one has begun: what it will say is newer.
        if (own === turn)
          state.value = { data, etag: etag ?? undefined, problem: undefined, isLoading: false }
      } catch (error) {
        if (own === turn) state.value = { ...state.value, problem: error as ApiProblem, isLoading: false }
      }
    },
  }
  entries.set(url, entry)
  letGo()
  return entry
}

type GetOperation = Extract<Operation, `GET ${string}`>

/**
 * Reads for a component, once for all that ask the same, and again whenever one begins to show it.
 *
 * @param asked null: nothing is to be read yet
 * @example
 * const session = useRead('GET /api/sessions/{id}', { path: { id } })
 * if (session.problem) return <ProblemNotice problem={session.problem} retry={session.reload} />
 */
export function useRead<O extends GetOperation>(operation: O, asked: Asked<O> | null): Read<Answer<O>> {
  const url = asked === null ? null : urlOf(operation, asked)
  const entry = url === null ? undefined : entryOf(url, () => ask(operation, asked as Asked<O>))
  useEffect(() => {
    if (!entry) return
    entry.users++
    void entry.load()
    return () => {
      entry.users--
    }
  }, [entry])
  const state = entry?.state.value
  return {
    data: state?.data as Answer<O> | undefined,
    etag: state?.etag,
    problem: state?.problem,
    isLoading: state?.isLoading ?? false,
    reload: async () => entry?.load(),
  }
}

/**
 * Has everything read again whose address begins so, at once where it is shown: to be called after a change.
 *
 * @example await ask('PATCH /api/sessions/{id}', …); refresh(`/api/sessions/${id}`)
 */
export function refresh(...prefixes: readonly string[]): void {
  for (const [url, { users, load }] of entries) {
    if (!prefixes.some((prefix) => url.startsWith(prefix))) continue
    if (users > 0) void load()
    else entries.delete(url)
  }
}

/** Forgets everything: somebody else is at the page. */
export const forgetReads = (): void => entries.clear()
