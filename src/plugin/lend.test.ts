import { describe, expect, test } from 'bun:test'
import type { Borrower } from './define.ts'
import { hostOf, plugin } from './fixtures.ts'

interface Registry {
  readonly entries: string[]
  add(entry: string): void
}
type Needs = { readonly needs: { readonly registry: Registry } }

/** Lends a registry that stamps the borrower's name on each entry, and takes them back. */
const registry = (borrowers: Borrower[] = []) => {
  const entries: string[] = []
  const owner = plugin('registry', {
    setup: () => ({ entries, add: (entry: string) => void entries.push(entry) }),
    lend(service: Registry, borrower: Borrower): Registry {
      borrowers.push(borrower)
      return {
        ...service,
        add(entry) {
          const owned = `${borrower.name}: ${entry}`
          entries.push(owned)
          borrower.onLeave(() => void entries.splice(entries.indexOf(owned), 1))
        },
      }
    },
  })
  return { owner, entries }
}

describe('lending', () => {
  test('each dependant is handed a service of its own', async () => {
    const { owner, entries } = registry()
    const adds = (name: string) =>
      plugin(name, { needs: { registry: owner }, setup: ({ needs }: Needs) => needs.registry.add('metric') })
    await hostOf(owner, adds('a'), adds('b'))
    expect(entries).toEqual(['a: metric', 'b: metric'])
  })

  test('the owner is told who borrows, and whether that one came with the executable', async () => {
    const borrowers: Borrower[] = []
    const { owner } = registry(borrowers)
    await hostOf(owner, plugin('a', { needs: { registry: owner }, version: '2.1.0' }))
    expect(borrowers).toMatchObject([{ name: 'a', version: '2.1.0', origin: 'built-in' }])
    expect(borrowers[0]?.quarantined()).toBeUndefined()
  })

  test('a plugin that fails in its setup leaves nothing behind, not even later', async () => {
    const { owner, entries } = registry()
    let kept: Registry | undefined
    const broken = plugin('broken', {
      needs: { registry: owner },
      setup({ needs }: Needs) {
        kept = needs.registry
        needs.registry.add('one')
        needs.registry.add('two')
        throw new Error('no electrode')
      },
    })
    const host = await hostOf(owner, broken, plugin('fine'))
    expect(entries).toEqual([])
    kept?.add('three')
    expect(entries).toEqual([])
    expect(host.states().map(({ state }) => state)).toEqual(['ready', 'quarantined', 'ready'])
  })

  test('an owner that lends nothing costs the borrower, in one sentence', async () => {
    const owner = plugin('registry', {
      lend() {
        throw new Error('all are lent')
      },
    })
    const host = await hostOf(owner, plugin('a', { needs: { registry: owner } }))
    expect(host.states()).toMatchObject([
      { name: 'registry', state: 'ready' },
      { name: 'a', reason: 'its setup failed: registry lends it nothing: all are lent' },
    ])
  })

  test('where nothing is lent, the service itself is handed', async () => {
    const service = { read: () => 1 }
    const owner = plugin('registry', { setup: () => service })
    let got: unknown
    const borrower = plugin('a', {
      needs: { registry: owner },
      setup({ needs }: Needs) {
        got = needs.registry
      },
    })
    await hostOf(owner, borrower)
    expect(got).toBe(service)
  })
})
