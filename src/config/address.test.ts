import { describe, expect, test } from 'bun:test'
import { inRanges, isAddressRange, plainAddress } from './address.ts'

describe('plainAddress', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.1:443', '10.0.0.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['[::ffff:a00:1]:80', '10.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s is %s', (text, plain) => expect(plainAddress(text)).toBe(plain))

  test.each([
    '',
    'unknown',
    '_hidden',
    '10.1',
    '0x0a.0.0.1',
    '10.0.0.256',
    '167772161',
    '1.2.3.4.5',
    'a b',
    '[',
    '::1::',
  ])('%p is none', (text) => expect(plainAddress(text)).toBeNull())
})

describe('inRanges', () => {
  const isIn = inRanges(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1'])

  test.each(['10.1.255.1', '::ffff:10.1.0.1', '192.0.2.7', 'fd12::3', '::1'])('%s is in it', (address) =>
    expect(isIn(address)).toBe(true),
  )
  test.each(['10.2.0.1', '192.0.2.8', 'fe80::1', '::2', '127.0.0.1', '', 'unknown'])('%p is not', (address) =>
    expect(isIn(address)).toBe(false),
  )
  test('no range has nothing in it', () => expect(inRanges([])('127.0.0.1')).toBe(false))
})

test('isAddressRange knows addresses and ranges', () => {
  expect(['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'].every(isAddressRange)).toBe(true)
  expect(['10.0.0.0/33', 'proxy', '', '10.0.0', '*'].some(isAddressRange)).toBe(false)
})
