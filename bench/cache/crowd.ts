/** A crowd that misses one key at once: how often its loader runs, and what the crowd costs. */
import { openInMemory } from './ours.ts'
import { openBento, openCacheable } from './peers.ts'
import { compare, interleave, type Row, row } from './rounds.ts'
import { plainKey, sessionOf } from './workload.ts'

const CALLERS = 1000

/** How long a load takes: much longer than the crowd needs to gather. */
const LOAD_MS = 20

interface Run {
  readonly loads: number
  readonly ms: number
}

async function gather(
  read: (load: () => Promise<unknown>) => Promise<unknown>,
  fails: boolean,
): Promise<Run> {
  let loads = 0
  const load = async () => {
    loads++
    await Bun.sleep(LOAD_MS)
    if (fails) throw new Error('the loader fails')
    return sessionOf('000000000001')
  }
  const start = performance.now()
  const outcomes = await Promise.allSettled(Array.from({ length: CALLERS }, () => read(load)))
  const ms = performance.now() - start
  const failures = outcomes.filter(({ status }) => status === 'rejected').length
  if (!fails && failures > 0) throw new Error(`${failures} of ${CALLERS} callers got an error`)
  return { loads, ms }
}

export async function crowds(rounds: number): Promise<Row[]> {
  const ours = openInMemory()
  const bento = openBento()
  const cacheable = openCacheable({ tags: false })
  let key = 0
  const read = {
    ours: (id: string, load: () => Promise<unknown>) =>
      ours.plain.getOrLoad({ sessionId: id }, load as () => Promise<ReturnType<typeof sessionOf>>),
    bentocache: (id: string, factory: () => Promise<unknown>) =>
      bento.getOrSet({ key: plainKey(id), factory }),
    cacheable: (id: string, load: () => Promise<unknown>) => cacheable.getOrSet(plainKey(id), load),
  }
  const names = Object.keys(read) as Array<keyof typeof read>
  const rows: Row[] = []
  for (const fails of [false, true]) {
    const loads = { ours: 0, bentocache: 0, cacheable: 0 }
    const ms = await interleave(names, fails ? 1 : rounds, async (name) => {
      const id = `crowd-${key++}`
      const run = await gather((load) => read[name](id, load), fails)
      loads[name] = Math.max(loads[name], run.loads)
      return run.ms
    })
    for (const peer of names.slice(1)) {
      const what = fails ? `${CALLERS} miss, loader fails` : `${CALLERS} miss`
      rows.push(row(`${what}, loads: ${peer}`, [loads.ours, loads[peer]], 'runs', 1))
      if (!fails) rows.push(compare(`${what}, time: ${peer}`, [ms.ours, ms[peer]], 'ms'))
    }
    if (loads.ours !== 1) throw new Error(`${loads.ours} loads of ours ran for one key`)
  }
  return rows
}
