import { describe, expect, test } from 'bun:test'
import { parseRedisUrl } from './address.ts'

describe('parseRedisUrl', () => {
  test('reads a server with user, password and database', () => {
    expect(parseRedisUrl('redis://app:p%40ss%3A@cache.local:7000/3')).toEqual({
      kind: 'standalone',
      tls: false,
      hosts: [{ host: 'cache.local', port: 7000 }],
      master: null,
      user: 'app',
      password: 'p@ss:',
      database: 3,
    })
    expect(parseRedisUrl('redis://localhost')).toMatchObject({ user: null, password: null, database: 0 })
    expect(parseRedisUrl('redis://:only@localhost')).toMatchObject({ user: null, password: 'only' })
    expect(parseRedisUrl('rediss://[::1]')).toMatchObject({ tls: true, hosts: [{ host: '::1', port: 6379 }] })
  })

  test('reads sentinels, their master and its database', () => {
    expect(parseRedisUrl('rediss+sentinel://:pw@a,b:5000/main/2')).toEqual({
      kind: 'sentinel',
      tls: true,
      hosts: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 5000 },
      ],
      master: 'main',
      user: null,
      password: 'pw',
      database: 2,
    })
  })

  test('reads nodes of a Cluster', () => {
    expect(parseRedisUrl('redis+cluster://10.0.0.1:7001,10.0.0.2:7002')).toMatchObject({
      kind: 'cluster',
      hosts: [
        { host: '10.0.0.1', port: 7001 },
        { host: '10.0.0.2', port: 7002 },
      ],
      database: 0,
    })
  })

  test('refuses everything else in a sentence without a secret', () => {
    for (const url of [
      'http://u:topsecret@host',
      'redis://u:topsecret@',
      'redis://u:topsecret@a,b',
      'redis://u:topsecret@host:0',
      'redis://u:topsecret@host:99999',
      'redis://u:topsecret@host/abc',
      'redis://u:topsecret@host/1/2',
      'redis://u:topsecret%@host',
      'redis://u:topsecret@host?x=1',
      'redis+sentinel://u:topsecret@host',
      'redis+sentinel://u:topsecret@host/main/1/2',
      'redis+cluster://u:topsecret@host/1',
      'redis://u:topsecret@ho st',
    ]) {
      expect(() => parseRedisUrl(url)).toThrow(RangeError)
      expect(() => parseRedisUrl(url)).not.toThrow(/topsecret/)
    }
  })
})
