import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { parseAck, parseMessage } from './messages.ts'

describe('parseMessage', () => {
  test.each([
    { kind: 'bump', from: 'a', id: '1.0', versions: { t: 3, __proto__x: 1 } },
    { kind: 'pruned', versions: {} },
    { kind: 'canary', from: 'a', beat: 7 },
    { kind: 'broadcast', from: 'a', id: '2', text: '' },
  ])('takes %j', (message) => {
    expect(parseMessage(JSON.stringify(message)) as unknown).toEqual(message)
  })

  test.each([
    '',
    'null',
    '[]',
    '{"kind":"bump","from":"a","id":"1"}',
    '{"kind":"bump","from":"a","id":"1","versions":{"t":1.5}}',
    '{"kind":"bump","from":"a","id":"1","versions":[]}',
    '{"kind":"bump","from":"a","id":1,"versions":{}}',
    '{"kind":"canary","from":"a","beat":"1"}',
    '{"kind":"broadcast","from":"a","text":"x"}',
    '{"kind":"other","from":"a"}',
  ])('takes %s for nothing', (payload) => {
    expect(parseMessage(payload)).toBeNull()
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => void [parseMessage(text), parseAck(text)]),
    )
  })
})

test('parseAck takes a list of ids from a node, and nothing else', () => {
  expect(parseAck('{"from":"b","ids":["1","2"]}')).toEqual({ from: 'b', ids: ['1', '2'] })
  for (const payload of ['', '{}', '{"from":"b"}', '{"from":1,"ids":[]}', '{"from":"b","ids":[1]}']) {
    expect(parseAck(payload)).toBeNull()
  }
})
