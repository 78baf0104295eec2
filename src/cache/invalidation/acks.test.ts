import { describe, expect, test } from 'bun:test'
import { createExpectedAcks, createOwedAcks, type OwedAck } from './acks.ts'

const isPending = async (promise: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([promise.then(() => false), Bun.sleep(5).then(() => true)])) === true

describe('expected confirmations', () => {
  test('are waited for from every node and for every part', async () => {
    const acks = createExpectedAcks(() => 0)
    acks.expect(['1.0', '1.1'])
    acks.heard({ from: 'b', ids: ['1.0', '1.1'] })
    const all = acks.wait(['1.0', '1.1'], ['b', 'c'], 60_000)
    acks.heard({ from: 'c', ids: ['1.0'] })
    expect(await isPending(all)).toBe(true)
    acks.heard({ from: 'c', ids: ['1.1', '9'] })
    expect(await isPending(all)).toBe(false)
  })

  test('are waited for no longer than the time that is given', async () => {
    const acks = createExpectedAcks(() => 0)
    acks.expect(['1'])
    await acks.wait(['1'], ['b'], 10)
  })

  test('of nobody are there at once', async () => {
    const acks = createExpectedAcks(() => 0)
    acks.expect(['1'])
    expect(await isPending(acks.wait(['1'], [], 60_000))).toBe(false)
  })

  test('that nobody asked after for a minute are forgotten: then the time decides', async () => {
    let now = 0
    const acks = createExpectedAcks(() => now)
    acks.expect(['1'])
    acks.heard({ from: 'b', ids: ['1'] })
    now = 60_000
    acks.expect(['2'])
    acks.heard({ from: 'b', ids: ['2'] })
    expect(await isPending(acks.wait(['1'], ['b'], 50))).toBe(true)
    expect(await isPending(acks.wait(['2'], ['b'], 50))).toBe(false)
  })
})

describe('owed confirmations', () => {
  test('of one moment are sent together, by node; those that come meanwhile, after them', async () => {
    const sent: Array<readonly OwedAck[]> = []
    const owed = createOwedAcks(async (acks) => {
      sent.push(acks)
      if (sent.length === 1) owed.owe('a', '3')
      await Bun.sleep(1)
    })
    owed.owe('a', '1')
    owed.owe('b', '1')
    owed.owe('a', '2')
    await Bun.sleep(10)
    expect(sent).toEqual([
      [
        { to: 'a', ids: ['1', '2'] },
        { to: 'b', ids: ['1'] },
      ],
      [{ to: 'a', ids: ['3'] }],
    ])
    owed.owe('a', '4')
    await Bun.sleep(5)
    expect(sent[2]).toEqual([{ to: 'a', ids: ['4'] }])
  })

  test('that are many are shared out among messages', async () => {
    const sent: OwedAck[] = []
    const owed = createOwedAcks(async (acks) => void sent.push(...acks))
    for (let i = 0; i < 700; i++) owed.owe('a', String(i))
    await Bun.sleep(5)
    expect(sent.map(({ ids }) => ids.length)).toEqual([300, 300, 100])
  })
})
