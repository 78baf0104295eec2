import { expect, test } from 'bun:test'
import { slotOf } from './slot.ts'

test('a slot is the CRC16 of the key, modulo 16384', () => {
  // The check value of CRC16/XMODEM, and slots that `CLUSTER KEYSLOT` of Redis 7.0 gives.
  expect(slotOf('123456789')).toBe(0x31c3)
  expect(slotOf('')).toBe(0)
  expect(slotOf('foo')).toBe(12_182)
  expect(slotOf('bar')).toBe(5061)
  expect(slotOf('ключ')).toBe(10_303)
})

test('of a key with a hash tag, only the tag counts', () => {
  expect(slotOf('a:{7}:x')).toBe(slotOf('7'))
  expect(slotOf('{user1000}.following')).toBe(slotOf('{user1000}.followers'))
  expect(slotOf('foo{}{bar}')).toBe(8363)
  expect(slotOf('foo{{bar}}zap')).toBe(slotOf('{bar'))
  expect(slotOf('foo{bar}{zap}')).toBe(slotOf('bar'))
  expect(slotOf('foo{bar')).not.toBe(slotOf('bar'))
})
