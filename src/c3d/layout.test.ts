import { describe, expect, test } from 'bun:test'
import { chooseLayout, type LayoutSources } from './layout.ts'

const said = <T>(...values: T[]) =>
  values.map((value, i) => ({ value, source: i === 0 ? 'header' : 'parameter' }))

/** 10 points and 4 x 5 analog samples in 100 float frames: 24000 bytes. */
const sources = (changes: Partial<LayoutSources> = {}): LayoutSources => ({
  available: 24000,
  storages: said('float' as const),
  points: said(10),
  analogs: said({ channels: 4, samplesPerFrame: 5 }),
  frames: said(100),
  ...changes,
})

describe('the reading rule', () => {
  test('what fits to less than a block is exact', () => {
    expect(chooseLayout(sources())).toMatchObject({
      fit: 'exact',
      framesPresent: 100,
      stride: 60,
      frameBytes: 240,
    })
    expect(chooseLayout(sources({ available: 24511 }))!.fit).toBe('exact')
    expect(chooseLayout(sources({ available: 24512 }))!.fit).toBe('trailing')
    expect(chooseLayout(sources({ available: 23999 }))).toMatchObject({ fit: 'truncated', framesPresent: 99 })
  })

  test('the candidate that fits wins, wherever it comes from', () => {
    expect(chooseLayout(sources({ points: said(65535, 10) }))!.points.value).toBe(10)
    expect(chooseLayout(sources({ frames: said(65535, 100) }))!.frames.value).toBe(100)
    expect(chooseLayout(sources({ storages: said('int', 'float') }))!.storage.value).toBe('float')
    const analogs = said({ channels: 20, samplesPerFrame: 5 }, { channels: 4, samplesPerFrame: 5 })
    expect(chooseLayout(sources({ analogs }))!.analogs.value.channels).toBe(4)
  })

  test('a tie goes to the first of each list', () => {
    const analogs = said({ channels: 4, samplesPerFrame: 5 }, { channels: 5, samplesPerFrame: 4 })
    expect(chooseLayout(sources({ analogs }))!.analogs.source).toBe('header')
    expect(chooseLayout(sources({ frames: said(99, 100) }))!.frames.value).toBe(99)
  })

  test('when nothing is exact, what header and parameters agree on beats a guess that uses more bytes', () => {
    const analogs = [
      { value: { channels: 4, samplesPerFrame: 5 }, source: 'header', trust: 'agreed' as const },
      { value: { channels: 20, samplesPerFrame: 5 }, source: 'header' },
    ]
    const points = [{ value: 10, source: 'header', trust: 'agreed' as const }]
    expect(chooseLayout(sources({ available: 60000, analogs, points }))).toMatchObject({
      fit: 'trailing',
      stride: 60,
    })
  })

  test('a guess is believed when it fits exactly, and never otherwise', () => {
    const analogs = [
      { value: { channels: 4, samplesPerFrame: 5 }, source: 'header', trust: 'guess' as const },
    ]
    expect(chooseLayout(sources({ analogs }))!.fit).toBe('exact')
    expect(chooseLayout(sources({ analogs, available: 60000 }))).toBeUndefined()
    expect(chooseLayout(sources({ analogs, available: 20000 }))).toBeUndefined()
  })

  test('without agreement the largest that fits is taken', () => {
    expect(chooseLayout(sources({ available: 60000, frames: said(10, 200, 9999) }))!.frames.value).toBe(200)
  })

  test('a count that stopped at 65535, wrapped at 65536 or is missing leaves the whole frames of the size', () => {
    const available = 70000 * 240
    for (const frames of [said(65535), said(70000 - 65536), []])
      expect(chooseLayout(sources({ available, frames }))).toMatchObject({
        fit: 'exact',
        framesPresent: 70000,
      })
    expect(chooseLayout(sources({ available, frames: said(1234) }))).toMatchObject({
      fit: 'trailing',
      framesPresent: 1234,
    })
  })

  test('frames without words are empty, and nothing fits a file without a frame', () => {
    const nothing = { points: said(0), analogs: said({ channels: 0, samplesPerFrame: 1 }) }
    expect(chooseLayout(sources(nothing))).toMatchObject({ fit: 'empty', framesPresent: 0 })
    expect(chooseLayout(sources({ available: 239 }))).toBeUndefined()
    expect(chooseLayout(sources({ available: 0, frames: [] }))).toBeUndefined()
  })
})
