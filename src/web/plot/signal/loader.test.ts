import { describe, expect, test } from 'bun:test'
import { createLoader, type LoaderHost, nameOf, type Wanted } from './loader.ts'
import type { Piece } from './piece.ts'

const wanted = (fromMs: number): Wanted => ({
  picture: { recordingId: 'r', view: 'raw', preset: undefined, parameters: undefined },
  channels: [0],
  asking: { fromMs, toMs: fromMs + 10, points: 100 },
})

/** Requests that are answered by hand. */
function bench(queue: Array<Wanted | null>) {
  const asked: Array<{
    from: number
    signal: AbortSignal
    answer: () => void
    refuse: (e: unknown) => void
  }> = []
  const taken: number[] = []
  const failed: unknown[] = []
  const busy: boolean[] = []
  const host: LoaderHost = {
    next: () => queue[0] ?? null,
    take({ asking }) {
      taken.push(asking.fromMs)
      queue.shift()
    },
    fail: (error) => failed.push(error),
    busy: (isBusy) => busy.push(isBusy),
  }
  const loader = createLoader(host, ({ asking }, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<Piece[]>()
    asked.push({ from: asking.fromMs, signal, answer: () => resolve([]), refuse: reject })
    return promise
  })
  return { loader, asked, taken, failed, busy }
}

const settle = (): Promise<void> => Bun.sleep(1)

describe('the loader', () => {
  test('asks for one thing after the other until nothing is missing', async () => {
    const { loader, asked, taken, busy } = bench([wanted(1), wanted(2)])
    loader.look('now')
    asked[0]?.answer()
    await settle()
    asked[1]?.answer()
    await settle()
    expect(taken).toEqual([1, 2])
    expect(busy).toEqual([true, true, false])
  })

  test('waits until a gesture rests, and then asks once', async () => {
    const { loader, asked } = bench([wanted(1)])
    for (let i = 0; i < 5; i++) {
      loader.look('at rest')
      await Bun.sleep(10)
    }
    expect(asked).toHaveLength(0)
    await Bun.sleep(120)
    expect(asked).toHaveLength(1)
  })

  test('breaks off what is no longer wanted, and takes nothing of it', async () => {
    const queue = [wanted(1)]
    const { loader, asked, taken, failed } = bench(queue)
    loader.look('now')
    queue[0] = wanted(2)
    loader.look('now')
    expect(asked[0]?.signal.aborted).toBeTrue()
    asked[0]?.refuse(new DOMException('broken off', 'AbortError'))
    asked[1]?.answer()
    await settle()
    expect(taken).toEqual([2])
    expect(failed).toEqual([])
  })

  test('goes on with a request that is still the one that is wanted', () => {
    const { loader, asked } = bench([wanted(1)])
    loader.look('now')
    loader.look('now')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.signal.aborted).toBeFalse()
  })

  test('tells a failure once, and tries again when it is told to', async () => {
    const { loader, asked, failed, busy } = bench([wanted(1)])
    loader.look('now')
    asked[0]?.refuse(new Error('down'))
    await settle()
    expect(failed).toHaveLength(1)
    expect(busy.at(-1)).toBeFalse()
    loader.look('now')
    expect(asked).toHaveLength(2)
  })

  test('gives up where answers are never what was asked for', async () => {
    const endless: LoaderHost = { next: () => wanted(1), take: () => {}, fail: () => {}, busy: () => {} }
    let asked = 0
    createLoader(endless, async () => {
      asked++
      return []
    }).look('now')
    await Bun.sleep(20)
    expect(asked).toBeLessThan(20)
  })
})

test('pictures are named apart by all that they are made with', () => {
  const picture = wanted(0).picture
  const names = [
    picture,
    { ...picture, view: 'filtered' as const },
    { ...picture, preset: 'clinical' },
    { ...picture, parameters: { notch: null } },
    { ...picture, recordingId: 's' },
  ].map(nameOf)
  expect(new Set(names).size).toBe(names.length)
})
