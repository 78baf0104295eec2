import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { HostConfig } from '../config/schema.ts'
import { createAtOnce } from './at-once.ts'
import { networkOf, openLimits } from './limits.ts'

const open = (settings: v.InferInput<typeof HostConfig> = {}, isOpen = false) =>
  openLimits({ settings: v.parse(HostConfig, settings), open: isOpen, secret: 'secret' })
const namesOf = (method: string, path: string, settings = {}, isOpen = false) =>
  open(settings, isOpen)
    .byAddress(method, path)
    .map(({ name }) => name)

describe('limits by address', () => {
  test('stricter ones hold for whoever guesses and whoever delivers', () => {
    expect(namesOf('GET', '/api/patients')).toEqual(['address'])
    expect(namesOf('POST', '/api/login')).toEqual(['address', 'login'])
    expect(namesOf('POST', '/api/setup')).toEqual(['address', 'login'])
    expect(namesOf('GET', '/api/setup/style.css')).toEqual(['address'])
    expect(namesOf('GET', '/api/login/oidc/callback')).toEqual(['address', 'login'])
    expect(namesOf('POST', '/api/webhooks/storage/c3d-upload')).toEqual(['address', 'webhooks'])
    expect(namesOf('POST', '/api/loginx')).toEqual(['address'])
  })

  test('0 is any number, and so it is where access is open unless somebody says otherwise', () => {
    expect(namesOf('POST', '/api/login', { rateLimitLogin: 0, rateLimitAddress: 0 })).toEqual([])
    expect(namesOf('GET', '/api/patients', {}, true)).toEqual([])
    expect(open({}, true).byIdentity).toBeUndefined()
    expect(open({ rateLimit: 5 }, true).byIdentity).toBeDefined()
    expect(open().byIdentity).toBeDefined()
  })

  test('an IPv6 address counts as the network that its owner has', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2:ffff::1'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
  })
})

test('createAtOnce lets in as many of each, and of all together, as may be, and forgets those that left', () => {
  const atOnce = createAtOnce({ each: 2, all: 3 })
  const [first, second] = [atOnce.enter('a'), atOnce.enter('a')]
  expect(first).toBeFunction()
  expect(atOnce.enter('a')).toBeNull()
  expect(atOnce.enter('b')).toBeFunction()
  expect(atOnce.enter('c')).toBeNull()
  first?.()
  first?.()
  expect(atOnce.enter('c')).toBeFunction()
  expect(atOnce.enter('a')).toBeNull()
  second?.()
  expect(atOnce.enter('a')).toBeFunction()
})
