/** Invalidation by a tag that all entries have. */
import { openInMemory } from './ours.ts'
import { openBento, openCacheable } from './peers.ts'
import { type Costs, compare, interleave, type Row, row } from './rounds.ts'
import { sessionIds, sessionOf, taggedKey, tagsOf } from './workload.ts'

const TAG = 'settings.changed'

const NAMES = ['ours', 'bentocache', 'cacheable'] as const
type Name = (typeof NAMES)[number]

/** At most 1.5 times as slow with a hundred times the keys. */
const SAME = 1 / 1.5

/** How many entries are looked at after the first invalidation, to see that they are gone. */
const LOOKED_AT = 100

export interface TagOptions {
  readonly rounds: number
  /** Invalidations of one side in one round. */
  readonly bumps: number
}

/** The time of one invalidation in µs. @throws when a side serves what was invalidated */
async function measure(count: number, { rounds, bumps }: TagOptions): Promise<Costs<Name>> {
  const ours = openInMemory()
  const bento = openBento()
  const cacheable = openCacheable({ tags: true })
  const ids = sessionIds(count)
  await ours.tagged.setMany(ids.map((id) => ({ params: { sessionId: id }, value: sessionOf(id) })))
  for (const id of ids) {
    await bento.set({ key: taggedKey(id), value: sessionOf(id), tags: tagsOf(id) })
    await cacheable.set(taggedKey(id), sessionOf(id), { tags: tagsOf(id) })
  }
  const side = {
    ours: {
      invalidate: async () => (await ours.system.invalidate([TAG])).settled(),
      has: async (id: string) => (await ours.tagged.get({ sessionId: id })) !== null,
    },
    bentocache: {
      invalidate: () => bento.deleteByTag({ tags: [TAG] }),
      has: async (id: string) => (await bento.get({ key: taggedKey(id) })) !== undefined,
    },
    cacheable: {
      invalidate: () => cacheable.tags.invalidateTag(TAG),
      has: async (id: string) => (await cacheable.get(taggedKey(id))) !== undefined,
    },
  }
  // bentocache compares times in whole milliseconds.
  await Bun.sleep(2)
  for (const name of NAMES) {
    const some = ids.slice(0, LOOKED_AT)
    for (const id of some) if (!(await side[name].has(id))) throw new Error(`${name} did not keep ${id}`)
    await side[name].invalidate()
    for (const id of some) if (await side[name].has(id)) throw new Error(`${name} still serves ${id}`)
  }
  return interleave(NAMES, rounds, async (name) => {
    const start = performance.now()
    for (let i = 0; i < bumps; i++) await side[name].invalidate()
    return ((performance.now() - start) / bumps) * 1000
  })
}

export async function invalidations(options: TagOptions, sizes: readonly [number, number]): Promise<Row[]> {
  const [few, many] = [await measure(sizes[0], options), await measure(sizes[1], options)]
  const [small, large] = sizes.map((size) => size.toLocaleString('en'))
  return [
    ...NAMES.slice(1).map((peer) =>
      compare(`tag of ${large} keys invalidated: ${peer}`, [many.ours, many[peer]], 'µs'),
    ),
    ...NAMES.map((name) => {
      const [less, more] = [few[name], many[name]].map((costs) => Math.min(...costs)) as [number, number]
      const whose = name === 'ours' ? 'ours itself' : name
      return row(
        `the same at ${large} keys, and at ${small}: ${whose}`,
        [more, less],
        'µs',
        name === 'ours' ? SAME : null,
      )
    }),
  ]
}
