import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { shortAgent } from './agent.ts'

const MOZILLA = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'

test.each([
  [
    `${MOZILLA} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    'Edge 140 on Windows',
  ],
  [
    `${MOZILLA} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36`,
    'Chrome 140 on Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox 142 on Linux'],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
    'Safari 17 on iOS',
  ],
  ['curl/8.5.0', 'curl 8'],
  ['<script>alert(1)</script>', 'another program'],
  [undefined, 'another program'],
])('%p is %s', (header, short) => {
  expect(shortAgent(header)).toBe(short)
})

test('whatever is sent, it is short and plain', () => {
  const parts = fc.constantFrom('Firefox/', 'Linux', 'Version/1 Safari/', '\u0000', '<', '9'.repeat(99), ' ')
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, fc.string())), (texts) => {
      expect(shortAgent(texts.join(' '))).toMatch(/^[\w ]{1,80}$/)
    }),
  )
})
