import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { builtInOwner } from '../c3d-reader/index.ts'
import { plan } from './analysis/fixtures.ts'
import { exampleAnalysis } from './render/example.ts'
import { type AnalysisSection, createSections } from './sections.ts'

const analysis = exampleAnalysis(plan.parameters)
const borrower = (name: string, origin: 'built-in' | 'external' = 'external', reason?: string) => ({
  name,
  version: '1.0.0',
  origin,
  hash: `sha256-${name}`,
  quarantined: () => reason,
  onLeave(_: () => void) {},
})
const part = (id: string, compute: AnalysisSection['compute']): AnalysisSection => ({
  id,
  schema: v.object({ n: v.number() }),
  compute,
})

const complete = (owner: ReturnType<typeof borrower>, ...parts: AnalysisSection[]) => {
  const sections = createSections(['channels'], builtInOwner('keeper', '1.0.0'))
  for (const each of parts) sections.lendTo(owner).add(each)
  return sections.complete(analysis, { session: null })
}

describe('the parts of an analysis', () => {
  test('are added by plugins, who are named then', async () => {
    const found = await complete(
      borrower('p'),
      part('grip', async () => ({ n: 1, more: 2 })),
    )
    expect(found.grip).toEqual({ n: 1 })
    expect(found.plugins.map(({ name, hash }) => [name, hash])).toEqual([
      ['emg-analyzer', null],
      ['p', 'sha256-p'],
    ])
    expect(found.warnings).toEqual([])
  })

  test.each([
    ['throws', () => Promise.reject(new Error('no luck')), 'its code failed: no luck'],
    ['is of another shape', () => ({ n: 'x' }), 'its part "grip" is wrong at "n": Invalid type'],
  ])('are left out where the code of a plugin %s, and that is said', async (_, compute, reason) => {
    const found = await complete(borrower('p'), part('grip', compute))
    expect('grip' in found).toBe(false)
    expect(found.plugins).toEqual(analysis.plugins)
    expect(found.warnings[0]?.code).toBe('PART_MISSING')
    expect(found.warnings[0]?.message).toStartWith(`The part "grip" is left out: plugin p: ${reason}`)
  })

  test('are not computed while their plugin is quarantined', async () => {
    const found = await complete(
      borrower('p', 'external', 'it is tired'),
      part('grip', () => expect.unreachable()),
    )
    expect(found.warnings[0]?.message).toBe(
      'The part "grip" is left out: plugin p is quarantined: it is tired.',
    )
  })

  test('of built-in plugins fail as any code of the program', async () => {
    const failing = part('grip', () => Promise.reject(new Error('no luck')))
    await expect(complete(borrower('p', 'built-in'), failing)).rejects.toThrow('no luck')
  })

  test('have names of their own', () => {
    expect(() =>
      complete(
        borrower('p'),
        part('channels', () => 1),
      ),
    ).toThrow('a part "channels" already')
    expect(() =>
      complete(
        borrower('p'),
        part('a', () => 1),
        part('a', () => 1),
      ),
    ).toThrow('a part "a" already')
  })
})
