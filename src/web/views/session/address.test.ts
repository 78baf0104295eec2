import { expect, test } from 'bun:test'
import { findReference, readChannels, readView, spellReference } from './address-parts.ts'

test('an address that names no view shows the envelope', () => {
  expect([readView('raw'), readView('nonsense'), readView(null)]).toEqual(['raw', 'envelope', 'envelope'])
})

test('channels are read by their places, and what is no place is left out', () => {
  expect(readChannels('0,2')).toEqual([0, 2])
  expect(readChannels('1,x,-1,2')).toEqual([1, 2])
  expect([readChannels(null), readChannels('')]).toEqual([null, null])
})

test('a contraction is found again by what was written of it, where it is still there', () => {
  const channels = [
    { index: 0, contractions: [{ startMs: 3032.32 }, { startMs: 5000.6 }] },
    { index: 2, contractions: [{ startMs: 5000.6 }] },
  ]
  const reference = { channel: 2, startMs: 5000.6 }
  expect(spellReference(reference)).toBe('2:5001')
  expect(findReference('2:5001', channels)).toEqual(reference)
  expect(findReference('1:5001', channels)).toBeNull()
  expect(findReference(null, channels)).toBeNull()
  expect(spellReference(null)).toBeNull()
})
