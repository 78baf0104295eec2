/** What 100,000 entries take: each side fills up in a process of its own, which reports on itself. */
import { LRUCache } from 'lru-cache'
import { openInMemory } from './ours.ts'
import { openBento, openCacheable } from './peers.ts'
import { type Row, row } from './rounds.ts'
import { plainKey, type Session, sessionIds, sessionOf } from './workload.ts'

export const HOLDERS = [
  'ours',
  'bentocache',
  'bentocache, by reference',
  'cacheable',
  'lru-cache alone',
] as const

export type Holder = (typeof HOLDERS)[number]

/** What a process says of itself. */
interface Held {
  /** How much the memory of the process grew. */
  readonly rss: number
  /** Ours alone: what it counts, which its bound is about. */
  readonly counted: number | null
}

type Set = (id: string, value: Session) => unknown

/** Sides keep what they are made of alive, or the collector would take it. */
function open(holder: Holder): { set: Set; counted(): number | null; readonly kept: unknown } {
  if (holder === 'ours') {
    const ours = openInMemory()
    return {
      set: (id, value) => ours.plain.set({ sessionId: id }, value),
      counted: () => ours.system.memory.bytes,
      kept: ours,
    }
  }
  const counted = () => null
  if (holder === 'cacheable') {
    const cache = openCacheable({ tags: false })
    return { set: (id, value) => cache.set(plainKey(id), value), counted, kept: cache }
  }
  if (holder === 'lru-cache alone') {
    const cache = new LRUCache<string, Session>({ max: 1e6, ttl: 7_200_000 })
    return { set: (id, value) => cache.set(plainKey(id), value), counted, kept: cache }
  }
  const cache = openBento().use(holder === 'bentocache' ? 'serialised' : 'byReference')
  return { set: (id, value) => cache.set({ key: plainKey(id), value }), counted, kept: cache }
}

/** Fills one side and reports; to be called in a process that does nothing else. */
export async function hold(holder: Holder, keys: number): Promise<Held & { readonly kept: unknown }> {
  const side = open(holder)
  const ids = sessionIds(keys)
  Bun.gc(true)
  const before = process.memoryUsage.rss()
  for (const id of ids) await side.set(id, sessionOf(id))
  for (let i = 0; i < 3; i++) {
    Bun.gc(true)
    await Bun.sleep(100)
  }
  return { rss: process.memoryUsage.rss() - before, counted: side.counted(), kept: side.kept }
}

async function ask(holder: Holder, keys: number): Promise<Held> {
  const child = Bun.spawn([process.execPath, Bun.main, '--hold', holder, String(keys)], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  return (await new Response(child.stdout).json()) as Held
}

export async function memoryHeld(keys: number): Promise<Row[]> {
  const ours = await ask('ours', keys)
  const name = `${keys.toLocaleString('en')} entries held`
  const rows = [row(`${name}: what ours counts itself`, [ours.rss / 1e6, (ours.counted ?? 0) / 1e6], 'MB')]
  for (const peer of HOLDERS.slice(1)) {
    rows.push(row(`${name}: ${peer}`, [ours.rss / 1e6, (await ask(peer, keys)).rss / 1e6], 'MB'))
  }
  return rows
}
