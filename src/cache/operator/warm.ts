/** Warming: fills the cache with what will be asked for, after the start or on demand. */

import type { Logger } from '../../observe/log.ts'
import { within } from '../../within.ts'

/**
 * What a plugin declares under `warm`: how to fill its cache with one kind of value.
 *
 * @example
 * const recent: Warming<RecordingRow> = {
 *   name: 'recent-recordings',
 *   summary: 'Analyses of the newest recordings',
 *   priority: 1,
 *   concurrency: 2,
 *   items: () => store.list(50),
 *   load: (row) => analyzer.analyzeStored(row, {}),
 * }
 */
export interface Warming<Item = unknown> {
  /** Unique within the plugin, in kebab-case. */
  readonly name: string
  readonly summary: string
  /** Lower ones are warmed first. */
  readonly priority: number
  /** Items that are loaded at once, at most. */
  readonly concurrency: number
  /** Names the value that it is about, such as `patientCode`: it runs on demand alone, for one such value. */
  readonly about?: string
  /** What to load, what is wanted most first. */
  items(about: string | null, signal: AbortSignal): Promise<readonly Item[]>
  /** Loads one item through the plugin's cache. One that fails is counted; the others go on. */
  load(item: Item, signal: AbortSignal): Promise<unknown>
}

/** How far one warming is. */
export interface WarmingStep {
  /** Plugin and name: `emg-analyzer.recent-recordings`. */
  readonly name: string
  readonly summary: string
  /** `failed`: what to load could not be found out; `ended`: the server stops. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'ended'
  /** Null until it is known. */
  readonly total: number | null
  readonly done: number
  readonly failed: number
}

/** The warming that runs, or the last one that did. */
export interface WarmingRun {
  readonly running: boolean
  /** ms since 1970; null before the first run. */
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly steps: readonly WarmingStep[]
}

/** What is to be warmed. */
export interface WarmingRequest {
  /** Plugin and name of one; absent: all that are about nothing in particular. */
  readonly name?: string
  /** What it is about, where it is about something. */
  readonly about?: string
}

/** Nothing of this kind can be warmed: said to whoever asked, in one sentence. */
export class NothingToWarm extends Error {
  override readonly name = 'NothingToWarm'
}

/** Items of one warming, at most: a cache holds no more that is worth it. */
const MOST_ITEMS = 10_000

/** A load that does not heed the signal is waited for no longer. */
const LONGEST_STOP_MS = 1000

type Mutable = { -readonly [K in keyof WarmingStep]: WarmingStep[K] }

interface Registered {
  /** Plugin and name of the warming. */
  readonly name: string
  readonly owner: string
  readonly warming: Warming
  /** Aborted when its plugin ends, or all do. */
  readonly signal: AbortSignal
}

/** Calls `load` for all items, so many at once. */
async function loadAll(
  items: readonly unknown[],
  warming: Warming,
  step: Mutable,
  signal: AbortSignal,
): Promise<unknown> {
  let next = 0
  let firstError: unknown
  const worker = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) {
      try {
        await warming.load(items[next++], signal)
        step.done++
      } catch (error) {
        if (step.failed++ === 0) firstError = error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, warming.concurrency) }, worker))
  return firstError
}

const byPriority = (some: readonly Registered[]): Registered[] =>
  some.toSorted((a, b) => a.warming.priority - b.warming.priority)

/** Waits for work until it is of no use any more: code that does not heed the signal keeps nobody. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const abort = (): void => resolve(undefined)
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

/** What can be warmed, and what of it runs. */
export interface Warmings {
  /**
   * Adds what a plugin declares.
   *
   * @returns a function that takes it away, and ends what of it is under way
   */
  add(owner: string, warmings: readonly Warming[]): () => void
  /** Warms what one plugin declares about nothing in particular, as soon as nothing else is warmed. */
  startOf(owner: string): Promise<void>
  list(): ReadonlyArray<Pick<Warming, 'name' | 'summary' | 'priority' | 'concurrency' | 'about'>>
  /**
   * Starts a run, unless one is under way; either way answers how far it is.
   *
   * @throws {NothingToWarm}
   */
  start(request: WarmingRequest): WarmingRun
  state(): WarmingRun
  /** Resolves when the run that is under way is over. */
  settled(): Promise<void>
  /** Starts no further load, and waits a moment for those that are under way. */
  stop(): Promise<void>
}

export function createWarmings(log: Logger, now: () => number): Warmings {
  let all: readonly Registered[] = []
  const controller = new AbortController()
  let steps: Mutable[] = []
  let startedAt: number | null = null
  let finishedAt: number | null = null
  let run: Promise<void> = Promise.resolve()

  const isRunning = (): boolean => startedAt !== null && finishedAt === null

  function chosen({ name, about }: WarmingRequest): Registered[] {
    const named = all.filter((each) =>
      name === undefined ? each.warming.about === undefined : each.name === name,
    )
    if (name !== undefined && named.length === 0) throw new NothingToWarm(`there is no warming "${name}"`)
    for (const { name: each, warming } of named) {
      if (warming.about !== undefined && about === undefined) {
        throw new NothingToWarm(`${each} is about one ${warming.about}: say which`)
      }
      if (warming.about === undefined && about !== undefined) {
        throw new NothingToWarm(`${each} is about nothing in particular`)
      }
    }
    if (about !== undefined && name === undefined) throw new NothingToWarm('say which warming is meant')
    return byPriority(named)
  }

  async function perform(each: Registered, step: Mutable, about: string | null): Promise<void> {
    const { name, warming, signal } = each
    if (signal.aborted) {
      step.state = 'ended'
      return
    }
    step.state = 'running'
    try {
      const items = (await unlessAborted(warming.items(about, signal), signal))?.slice(0, MOST_ITEMS)
      step.total = items?.length ?? null
      const error = items && (await unlessAborted(loadAll(items, warming, step, signal), signal))
      step.state = signal.aborted ? 'ended' : 'done'
      if (error !== undefined) {
        log.warn(
          { warming: name, failed: step.failed, of: items?.length, err: error },
          'cache: warming failed in part',
        )
      }
    } catch (error) {
      step.state = 'failed'
      log.warn({ warming: name, err: error }, 'cache: warming failed')
    }
  }

  function begin(list: readonly Registered[], about: string | null): void {
    steps = list.map(({ name, warming: { summary } }) => ({
      name,
      summary,
      state: 'waiting',
      total: null,
      done: 0,
      failed: 0,
    }))
    startedAt = now()
    finishedAt = null
    run = (async () => {
      for (const [i, each] of list.entries()) await perform(each, steps[i] as Mutable, about)
      finishedAt = now()
    })()
  }

  const state = (): WarmingRun => ({
    running: isRunning(),
    startedAt,
    finishedAt,
    steps: steps.map((step) => ({ ...step })),
  })

  return {
    add(owner, warmings) {
      const own = new AbortController()
      const signal = AbortSignal.any([own.signal, controller.signal])
      const added = warmings.map((warming) => ({ name: `${owner}.${warming.name}`, owner, warming, signal }))
      all = [...all, ...added]
      return () => {
        own.abort()
        all = all.filter((each) => each.signal !== signal)
      }
    },
    async startOf(owner) {
      while (isRunning()) await run
      const own = all.filter((each) => each.owner === owner && each.warming.about === undefined)
      if (own.length > 0) begin(byPriority(own), null)
    },
    list: () =>
      all.map(({ name, warming: { summary, priority, concurrency, about } }) => ({
        name,
        summary,
        priority,
        concurrency,
        ...(about === undefined ? {} : { about }),
      })),
    start(request) {
      // What there is not is refused, whether or not another warming runs.
      const list = chosen(request)
      if (isRunning()) return state()
      begin(list, request.about ?? null)
      return state()
    },
    state,
    settled: () => run,
    async stop() {
      controller.abort()
      await within(run, LONGEST_STOP_MS)
    },
  }
}
