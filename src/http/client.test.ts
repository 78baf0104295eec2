import { describe, expect, test } from 'bun:test'
import { inRanges } from '../config/address.ts'
import { findClient, type ProxyTrust } from './client.ts'

const trusting = (header: ProxyTrust['header']): ProxyTrust => ({
  isTrusted: inRanges(['10.0.0.0/8']),
  header,
})
const find = (
  peer: string,
  headers: Record<string, string>,
  header: ProxyTrust['header'] = 'x-forwarded',
) => {
  const { address, secure } = findClient(
    new Headers(headers),
    { address: peer, secure: false },
    trusting(header),
  )
  return { address, secure }
}

describe('a client that is not behind a trusted proxy', () => {
  test('is the other end of the connection, whatever it says', () => {
    const headers = {
      'x-forwarded-for': '198.51.100.1',
      'x-forwarded-proto': 'https',
      forwarded: 'for=198.51.100.1;proto=https',
    }
    expect(find('192.0.2.1', headers)).toEqual({ address: '192.0.2.1', secure: false })
    expect(find('192.0.2.1', headers, 'forwarded')).toEqual({ address: '192.0.2.1', secure: false })
    expect(findClient(new Headers(headers), { address: '10.0.0.1', secure: true })).toMatchObject({
      address: '10.0.0.1',
      secure: true,
    })
  })

  test('is this machine where the program asks itself', () => {
    expect(findClient(new Headers())).toEqual({ address: '127.0.0.1', secure: false, host: '' })
  })
})

describe('X-Forwarded-For', () => {
  test('names the last on the way that is not trusted: what stands before it may be invented', () => {
    const way = { 'x-forwarded-for': '203.0.113.9, 198.51.100.1, 10.0.0.7', 'x-forwarded-proto': 'https' }
    expect(find('10.0.0.1', way)).toEqual({ address: '198.51.100.1', secure: true })
  })

  test('that names trusted proxies alone gives the first of them', () => {
    expect(find('10.0.0.1', { 'x-forwarded-for': '10.0.0.9, 10.0.0.8' }).address).toBe('10.0.0.9')
  })

  test.each(['unknown', '', '1.2.3.4.5', ','])('%p tells no more than the proxy', (value) => {
    expect(find('10.0.0.1', { 'x-forwarded-for': `198.51.100.1, ${value}` }).address).toBe('10.0.0.1')
  })

  test('goes with the scheme of the same step, or with the only one', () => {
    const way = { 'x-forwarded-for': '198.51.100.1, 10.0.0.7' }
    expect(find('10.0.0.1', { ...way, 'x-forwarded-proto': 'https, http' }).secure).toBe(true)
    expect(find('10.0.0.1', { ...way, 'x-forwarded-proto': 'http, https' }).secure).toBe(false)
    expect(find('10.0.0.1', { ...way, 'x-forwarded-proto': 'HTTPS' }).secure).toBe(true)
    expect(find('10.0.0.1', way).secure).toBe(false)
    expect(find('10.0.0.1', { 'x-forwarded-proto': 'https' })).toEqual({ address: '10.0.0.1', secure: true })
  })

  test('is not read where the proxy says Forwarded, nor the other way round', () => {
    expect(find('10.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, 'forwarded').address).toBe('10.0.0.1')
    expect(find('10.0.0.1', { forwarded: 'for=198.51.100.1' }).address).toBe('10.0.0.1')
  })
})

describe('Forwarded', () => {
  test('is read with quotes, ports, IPv6 and names in any case', () => {
    const header =
      'for=203.0.113.9, For="[2001:db8::17]:4711";Proto=https;by=10.0.0.7, for=10.0.0.7;proto=http'
    expect(find('10.0.0.1', { forwarded: header }, 'forwarded')).toEqual({
      address: '2001:db8::17',
      secure: true,
    })
  })

  test.each(['for=203.0.113.9;x="', 'for="203.0.113.9', '"', 'for=203.0.113.9;x="a, b'])(
    'with a quote that %p leaves open hides nobody',
    (before) => {
      const forwarded = `${before}, for=198.51.100.1;proto=http`
      expect(find('10.0.0.1', { forwarded }, 'forwarded').address).toBe('198.51.100.1')
    },
  )

  test('with a hidden name tells no more than the proxy', () => {
    expect(find('10.0.0.1', { forwarded: 'for=_secret;proto=https' }, 'forwarded')).toEqual({
      address: '10.0.0.1',
      secure: true,
    })
  })
})
