import { describe, expect, test } from 'bun:test'
import { isPrivate, publicLookup, TargetRefused, wrongTarget } from './target.ts'

describe('the address of a subscriber', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:192.168.1.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
  ])('%s is private', (address) => {
    expect(isPrivate(address)).toBe(true)
  })

  test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isPrivate(address)).toBe(false)
  })

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://user:secret@lab.example/',
    'http://lab.example/',
    'ftp://lab.example/',
  ])('%s is refused as it stands', (url) => {
    expect(wrongTarget(new URL(url), false)).toMatch(/^[A-Z].*\.$/)
  })

  test('may be private, and plain http, only where that is allowed', () => {
    for (const url of ['http://192.168.1.1/', 'http://lab.example/', 'https://[fd00::1]/']) {
      expect(wrongTarget(new URL(url), true)).toBeUndefined()
    }
    expect(wrongTarget(new URL('ftp://192.168.1.1/'), true)).toBeDefined()
    expect(wrongTarget(new URL('https://lab.example/'), false)).toBeUndefined()
  })

  test('is refused when its name is looked up, for the connection itself', async () => {
    const { promise, resolve } = Promise.withResolvers<Error | null>()
    publicLookup('localhost', { all: true }, resolve)
    expect(await promise).toBeInstanceOf(TargetRefused)
  })
})
