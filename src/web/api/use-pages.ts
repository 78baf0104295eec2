/** A list that the server gives page by page, as far as somebody has asked for it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Answer, type ApiProblem, type Asked, ask, type Operation, urlOf } from './client.ts'
import { useRead } from './use-read.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** Requests that answer in pages. */
export type PagedOperation = {
  [O in Extract<Operation, `GET ${string}`>]: Answer<O> extends Page<unknown> ? O : never
}[Extract<Operation, `GET ${string}`>]

type Item<O extends PagedOperation> = Answer<O>['items'][number]

/** How far a list is read. */
export interface Pages<T> {
  /** undefined before the first page is there. */
  readonly items: readonly T[] | undefined
  /** Why the first page could not be read. */
  readonly problem: ApiProblem | undefined
  readonly isLoading: boolean
  readonly hasMore: boolean
  /** Reads the next page. */
  readonly more: () => Promise<void>
  readonly isLoadingMore: boolean
  readonly moreProblem: ApiProblem | undefined
  /** Reads again what is shown. */
  readonly reload: () => Promise<void>
}

interface Shown<T> extends Page<T> {
  readonly url: string
  /** The first page that the others follow. */
  readonly first: Page<T>
  readonly count: number
}

/**
 * Reads the first page for a component, and further ones when asked. What is read again after a change
 * (`refresh`) is as long as it was, and takes the place of the old all at once: no line is there twice meanwhile.
 *
 * @param asked null: nothing is to be read yet; its query without `cursor`
 * @example const patients = usePages('GET /api/patients', { query: { sort: 'code' } })
 */
export function usePages<O extends PagedOperation>(operation: O, asked: Asked<O> | null): Pages<Item<O>> {
  const url = asked === null ? '' : urlOf(operation, asked)
  const read = useRead(operation, asked)
  const first = read.data as Page<Item<O>> | undefined
  const [held, hold] = useState<Shown<Item<O>> | undefined>()
  const [state, set] = useState<{ isLoading: boolean; problem?: ApiProblem }>({ isLoading: false })
  const turn = useRef(0)

  const page = async (cursor: string): Promise<Page<Item<O>>> => {
    const { query } = asked as { readonly query?: Readonly<Record<string, unknown>> }
    const { data } = await ask(operation, { ...asked, query: { ...query, cursor } } as Asked<O>)
    return data as unknown as Page<Item<O>>
  }

  /** Reads on from a first page until so many are there, unless another reading has begun since. */
  const readOn = async (start: Shown<Item<O>>, count: number): Promise<void> => {
    const own = ++turn.current
    set({ isLoading: true })
    try {
      let shown = start
      while (shown.count < count && shown.nextCursor !== null) {
        const next = await page(shown.nextCursor)
        const items = [...shown.items, ...next.items]
        shown = { ...shown, items, nextCursor: next.nextCursor, count: shown.count + 1 }
      }
      if (own !== turn.current) return
      hold(shown)
      set({ isLoading: false })
    } catch (error) {
      if (own === turn.current) set({ isLoading: false, problem: error as ApiProblem })
    }
  }

  const fresh = first && { ...first, url, first, count: 1 }
  const isHeld = held?.url === url
  useEffect(() => {
    if (!fresh || !isHeld || held.first === first) return
    void readOn(fresh, held.count)
  }, [first, url])
  useEffect(() => () => void turn.current++, [])

  const shown = isHeld ? held : fresh
  return {
    items: shown?.items,
    problem: read.problem,
    isLoading: read.isLoading,
    hasMore: typeof shown?.nextCursor === 'string',
    more: async () => {
      if (shown && !state.isLoading) await readOn(shown, shown.count + 1)
    },
    isLoadingMore: state.isLoading,
    moreProblem: state.problem,
    reload: read.reload,
  }
}
