import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { HostConfig } from '../config/schema.ts'
import { isFailure } from '../exit.ts'
import { planBinding } from './binding.ts'

const plan = (settings: v.InferInput<typeof HostConfig>) => planBinding(v.parse(HostConfig, settings))

function refusal(settings: v.InferInput<typeof HostConfig>): string {
  try {
    plan(settings)
  } catch (error) {
    if (isFailure(error)) return `${error.exitCode} ${error.message}`
  }
  return 'it starts'
}
const TLS = { tlsCertFile: 'a.crt', tlsKeyFile: 'a.key' }

describe('planBinding', () => {
  test.each([
    ['beyond loopback without TLS and without a proxy', { host: '0.0.0.0' }, 'TLS_CERT_FILE'],
    ['one address of a network', { host: '10.0.0.5' }, 'TLS_CERT_FILE'],
    ['all addresses of IPv6', { host: '::' }, 'TLS_CERT_FILE'],
    ['a certificate without its key', { tlsCertFile: 'a.crt' }, 'TLS_KEY_FILE'],
    ['a key without its certificate', { tlsKeyFile: 'a.key' }, 'TLS_CERT_FILE'],
    ['open access with TLS beyond loopback', { ...TLS, host: '0.0.0.0', access: 'open' }, 'ACCESS=open'],
    [
      'open access in clear beyond loopback',
      { insecureHttp: true, host: '0.0.0.0', access: 'open' },
      'ACCESS=open',
    ],
    ['open access behind a proxy', { trustedProxies: '127.0.0.1', access: 'open' }, 'TRUSTED_PROXIES'],
  ] as const)('refuses %s in one sentence', (_, settings, names) => {
    const said = refusal(settings)
    expect(said).toStartWith('78 ')
    expect(said).toContain(names)
    expect(said).not.toContain('\n')
  })

  test('lets HOST be anything with TLS, behind a proxy, or with the flag that says what it is', () => {
    expect(plan({ ...TLS, host: '0.0.0.0' })).toMatchObject({ host: '0.0.0.0', proxiesOnly: false })
    expect(plan({ trustedProxies: '10.0.0.1', host: '0.0.0.0' })).toMatchObject({ proxiesOnly: true })
    expect(plan({ insecureHttp: true, host: '10.0.0.5' })).toMatchObject({ proxiesOnly: false })
    expect(plan({ access: 'open' })).toMatchObject({ host: '127.0.0.1', trust: undefined })
  })

  test('a server on all addresses may be asked for by each of them', () => {
    expect(plan({ ...TLS, host: '0.0.0.0', allowedHosts: 'emg.example' }).names).toEqual(
      expect.arrayContaining(['127.0.0.1', 'emg.example']),
    )
  })
})

describe('settings', () => {
  const accepts = (settings: v.InferInput<typeof HostConfig>) => v.safeParse(HostConfig, settings).success

  test('take addresses, ranges and names, and nothing that only looks like them', () => {
    expect(
      accepts({ host: '::1', trustedProxies: ['10.0.0.0/8', '::1'], allowedHosts: 'a.example,[::1]' }),
    ).toBe(true)
    for (const host of ['', 'example.org', '10.0.0', '10.0.0.1:80', '*'])
      expect(accepts({ host })).toBe(false)
    for (const trustedProxies of ['*', '10.0.0.0/40', 'proxy', '0'])
      expect(accepts({ trustedProxies })).toBe(false)
    for (const allowedHosts of ['*', 'a.example:80', 'http://a.example', '.example', 'a b']) {
      expect(accepts({ allowedHosts })).toBe(false)
    }
  })
})
