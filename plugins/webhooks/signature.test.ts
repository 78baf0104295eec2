import { describe, expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import {
  fingerprint,
  isSigned,
  isSignedAsSupabase,
  SIGNATURE_HEADER,
  signed,
  TIMESTAMP_HEADER,
} from './signature.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const headersOf = (secret: string, at: number, body: Uint8Array): [string, string] => {
  const headers = signed(secret, at, body)
  return [headers[TIMESTAMP_HEADER] ?? '', headers[SIGNATURE_HEADER] ?? '']
}

const secret = fc.string({ minLength: 1 })
const body = fc.uint8Array({ maxLength: 200 })
const at = fc.nat()

describe('a signature', () => {
  test('is what openssl makes of time, point and body', () => {
    // printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac key
    expect(signed('key', 1_767_225_600, '{"a":1}')).toEqual({
      [TIMESTAMP_HEADER]: '1767225600',
      [SIGNATURE_HEADER]: 'v1=80f7b75f8618b9b24d72673996a625f1a43f7387a26b6739d667431724fe4d23',
    })
  })

  test('holds for what was signed, by any of the secrets, among others', () => {
    fc.assert(
      fc.property(secret, secret, at, body, (one, other, time, message) => {
        const [timestamp, signature] = headersOf(one, time, message)
        expect(isSigned([one], timestamp, signature, message)).toBe(true)
        expect(
          isSigned(
            [other, one],
            timestamp,
            `v2=ab, v1=zz ,${signature.toUpperCase().replace('V', 'v')}`,
            message,
          ),
        ).toBe(true)
      }),
    )
  })

  test('holds for no other secret, time or body', () => {
    fc.assert(
      fc.property(secret, at, body, fc.nat(), (one, time, message, place) => {
        const [timestamp, signature] = headersOf(one, time, message)
        expect(isSigned([`${one}x`], timestamp, signature, message)).toBe(false)
        expect(isSigned([one], String(time + 1), signature, message)).toBe(false)
        const longer = Uint8Array.of(...message, 0)
        expect(isSigned([one], timestamp, signature, longer)).toBe(false)
        const other = longer.slice()
        other[place % other.length] = (other[place % other.length] as number) ^ 1
        expect(isSigned([one], timestamp, headersOf(one, time, other)[1], longer)).toBe(false)
      }),
    )
  })

  test('is nothing that is not 64 digits of v1, however it is written', () => {
    fc.assert(
      fc.property(fc.string(), body, (header, message) => {
        expect(isSigned(['key'], '1', header, message)).toBe(false)
        expect(isSignedAsSupabase(['key'], header, message)).toBe(false)
      }),
    )
    expect(isSigned([], '1', `v1=${'0'.repeat(64)}`, bytes(''))).toBe(false)
  })

  test('of Supabase is over the body alone, with or without its prefix', () => {
    fc.assert(
      fc.property(secret, body, (one, message) => {
        const hex = createHmac('sha256', one).update(message).digest('hex')
        for (const header of [hex, `sha256=${hex}`, ` ${hex.toUpperCase()} `]) {
          expect(isSignedAsSupabase(['other', one], header, message)).toBe(true)
        }
        expect(isSignedAsSupabase([one], hex, Uint8Array.of(...message, 1))).toBe(false)
      }),
    )
  })
})

test('a message is known by all that was signed, and by no signature', () => {
  expect(fingerprint('1', bytes('{}'))).toBe(fingerprint('1', bytes('{}')))
  const all = [
    fingerprint('1', bytes('{}')),
    fingerprint('2', bytes('{}')),
    fingerprint(null, bytes('{}')),
    fingerprint('1', bytes('{ }')),
  ]
  expect(new Set(all).size).toBe(4)
})
