import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { PAYLOAD_BYTES } from './messages.ts'
import { partition } from './statements.ts'

test('tags are sorted, named once, and every message fits', () => {
  const tag = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 500 })
    .filter((text) => text.isWellFormed() && !text.includes('\0') && text.length <= 500)
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 60 }), (tags) => {
      const parts = partition(tags)
      expect(parts.map((each) => each.tag)).toEqual([...new Set(tags)].sort())
      const messages = Map.groupBy(parts, (each) => each.part)
      for (const each of messages.values()) {
        const versions = Object.fromEntries(each.map((one) => [one.tag, 1_790_000_000_000_001]))
        expect(Buffer.byteLength(JSON.stringify(versions))).toBeLessThanOrEqual(PAYLOAD_BYTES)
      }
    }),
  )
})
