import { describe, expect, test } from 'bun:test'
import { createShared, createSharedReader, createSharedWriter } from './shared.ts'

const LIMIT = 100

/** Looks once to know the state, then after a while in which nothing has come round. */
function standing(prepare: (writer: ReturnType<typeof createSharedWriter>) => void) {
  const words = createShared()
  const writer = createSharedWriter(words)
  const look = createSharedReader(words, LIMIT)
  prepare(writer)
  look(10)
  return { writer, look, verdict: look(LIMIT) }
}

describe('a server that stands still', () => {
  test('is told only after the limit, and not while it comes round', () => {
    const words = createShared()
    const writer = createSharedWriter(words)
    const look = createSharedReader(words, LIMIT)
    for (let i = 0; i < 50; i++) {
      writer.beat()
      expect(look(50)).toBeUndefined()
    }
    expect(look(60)).toBeUndefined()
    expect(look(60)).toBeDefined()
  })

  test('is the fault of nobody where no plugin is at work', () => {
    expect(standing(() => undefined).verdict).toEqual({ ending: false, plugins: [], certain: false })
  })

  test('is the fault of the innermost call that is watched', () => {
    const { verdict } = standing((writer) => {
      for (const plugin of [1, 2, 0]) writer.enter(plugin)
    })
    expect(verdict).toEqual({ ending: false, plugins: [2], certain: true })
  })

  test('is no fault of a call that is over', () => {
    const { verdict } = standing((writer) => writer.leave(writer.enter(1)))
    expect(verdict?.plugins).toEqual([])
  })

  test('is the fault of the one plugin behind whose promise it happens, or of any of several', () => {
    expect(standing((writer) => writer.pend(3, 1)).verdict).toMatchObject({ plugins: [3], certain: true })
    const several = standing((writer) => {
      for (const plugin of [3, 5, 3, 4]) writer.pend(plugin, 1)
      writer.pend(4, -1)
    })
    expect(several.verdict).toMatchObject({ plugins: [3, 5], certain: false })
  })

  test('stands still in one and the same call: many short ones are no fault', () => {
    const { writer, look } = standing(() => undefined)
    for (let i = 0; i < 20; i++) {
      writer.leave(writer.enter(1))
      expect(look(90)).toBeUndefined()
    }
  })

  test('deeper nesting than there is room for, and more plugins, are borne', () => {
    const { verdict } = standing((writer) => {
      for (let i = 0; i < 100; i++) writer.enter(7)
      writer.pend(100_000, 1)
    })
    expect(verdict).toMatchObject({ plugins: [7], certain: true })
  })

  test('is known to be about to stop', () => {
    expect(standing((writer) => writer.end()).verdict?.ending).toBe(true)
  })
})
