import { expect, test } from 'bun:test'
import { createNodeWatch } from './nodes.ts'

test('a node that stands still long enough, and was seen to, is named; one that counts on is not', () => {
  let now = 0
  const watch = createNodeWatch('self', 1500, () => now)
  const seen: string[] = []
  for (let beat = 0; beat < 10; beat++, now += 400) {
    const still = watch.observe([
      ['self', 1],
      ['dead', 7],
      ['alive', beat],
    ])
    seen.push(still.map(([node]) => node).join())
  }
  expect(seen.slice(0, 4)).toEqual(['', '', '', ''])
  expect(new Set(seen.slice(4))).toEqual(new Set(['dead']))
})

test('a pause of our own names nobody', () => {
  let now = 0
  const watch = createNodeWatch('self', 1500, () => now)
  watch.observe([['other', 7]])
  now = 60_000
  expect(watch.observe([['other', 7]])).toEqual([])
  expect(watch.observe([['other', 8]])).toEqual([])
})
