import { describe, expect, test } from 'bun:test'
import { createCommands } from './commands.ts'
import type {
  ContractionReference,
  PlotChannel,
  PlotEdit,
  PlotRange,
  SignalPlotProperties,
} from './contract.ts'
import { press } from './keys.ts'
import { createModel } from './model.ts'
import { createSync } from './sync.ts'

const channelOf = (index: number, starts: readonly number[]): PlotChannel => ({
  index,
  label: `CH${index}`,
  side: null,
  unit: 'V',
  durationS: 60,
  contractions: starts.map((startMs) => ({
    startMs,
    endMs: startMs + 2000,
    source: 'detected',
    meetsMvc: true,
    meetsDuration: null,
  })),
})

/** A plot whose view keeps what it is told, as a real one does. */
function plot(over: Partial<SignalPlotProperties> = {}) {
  const edits: PlotEdit[] = []
  const ranges: Array<PlotRange | null> = []
  let properties: SignalPlotProperties = {
    recordingId: 'r',
    channels: [channelOf(3, [5000, 20_000, 40_000]), channelOf(7, [10_000])],
    view: 'envelope',
    selected: null,
    onSelect: (selected) => give({ selected }),
    onEdit: (edit) => edits.push(edit),
    onRange: (range) => ranges.push(range),
    ...over,
  }
  const model = createModel(properties)
  const commands = createCommands(model)
  const sync = createSync(model)
  const give = (more: Partial<SignalPlotProperties>): void => {
    properties = { ...properties, ...more }
    sync.take(properties)
  }
  const keys = (...all: readonly string[]): boolean[] =>
    all.map((each) => {
      const shiftKey = each.startsWith('Shift+')
      const key = each.replace('Shift+', '')
      return press(model, commands, { key, shiftKey, ctrlKey: false, metaKey: false, altKey: false })
    })
  return { model, commands, sync, give, keys, edits, ranges, selected: () => properties.selected }
}

const at = (channel: number, startMs: number): ContractionReference => ({ channel, startMs })

describe('keys', () => {
  test('zoom and move, and never out of the recording', () => {
    const { model, keys } = plot()
    keys('+')
    expect(model.shown.value).toEqual({ fromMs: 10_000, toMs: 50_000 })
    keys('ArrowRight')
    expect(model.shown.value).toEqual({ fromMs: 14_000, toMs: 54_000 })
    keys('End', 'ArrowRight')
    expect(model.shown.value.toMs).toBe(60_000)
    keys('Home', 'ArrowLeft')
    expect(model.shown.value.fromMs).toBe(0)
    keys('0')
    expect(model.shown.value).toEqual({ fromMs: 0, toMs: 60_000 })
  })

  test('go from contraction to contraction of a channel, and from channel to channel', () => {
    const { keys, selected } = plot()
    keys(']')
    expect(selected()).toEqual(at(3, 5000))
    keys('n', 'n', 'n')
    expect(selected()).toEqual(at(3, 40_000))
    keys('p')
    expect(selected()).toEqual(at(3, 20_000))
    keys('ArrowDown', ']')
    expect(selected()).toEqual(at(7, 10_000))
    keys('Escape')
    expect(selected()).toBeNull()
  })

  test('show a contraction by itself, once it is selected', () => {
    const { model, keys } = plot()
    keys(']', 'Enter')
    expect(model.shown.value).toEqual({ fromMs: 4000, toMs: 8000 })
  })

  test('select what is at the read-out', () => {
    const { model, keys, selected } = plot()
    model.cursor.value = 20_500
    keys('Enter')
    expect(selected()).toEqual(at(3, 20_000))
    keys('Shift+ArrowRight')
    expect(model.cursor.value).toBe(20_800)
  })

  test('edit in the edit mode alone', () => {
    const { commands, keys, edits } = plot()
    keys(']', 's', 'a', 'Delete')
    expect(edits).toEqual([])
    commands.setMode('edit')
    keys('e', 'ArrowRight', 'Shift+ArrowRight', 'Enter')
    keys('s', 'ArrowLeft', 'Escape')
    keys('Delete')
    expect(edits).toEqual([
      { kind: 'move', channel: 3, atMs: 6000, startMs: 5000, endMs: 7110 },
      { kind: 'remove', channel: 3, atMs: 6000 },
    ])
  })

  test('add a contraction at the read-out', () => {
    const { model, commands, keys, edits } = plot()
    commands.setMode('edit')
    model.cursor.value = 30_000
    keys('a', 'Enter')
    expect(edits).toEqual([{ kind: 'add', channel: 3, startMs: 29_500, endMs: 30_500 }])
  })

  test('that are not the plot’s are left to the page', () => {
    const { keys, model, commands } = plot()
    expect(keys('Tab', 'x', ' ')).toEqual([false, false, false])
    const pressed = { key: '0', shiftKey: false, ctrlKey: true, metaKey: false, altKey: false }
    expect(press(model, commands, pressed)).toBeFalse()
  })
})

describe('a plot and its view', () => {
  test('keep a range that the view does not keep', () => {
    const { model, give, keys } = plot()
    keys('+')
    give({ view: 'raw' })
    expect(model.shown.value).toEqual({ fromMs: 10_000, toMs: 50_000 })
  })

  test('show the range that the view gives, and all of the recording when it gives none any more', () => {
    const { model, give } = plot({ range: { fromMs: 1000, toMs: 3000 } })
    expect(model.shown.value).toEqual({ fromMs: 1000, toMs: 3000 })
    give({ range: { fromMs: 50_000, toMs: 90_000 } })
    expect(model.shown.value).toEqual({ fromMs: 20_000, toMs: 60_000 })
    give({ range: null })
    expect(model.shown.value).toEqual({ fromMs: 0, toMs: 60_000 })
  })

  test('tell the range once a gesture has come to rest', async () => {
    const { sync, keys, ranges } = plot()
    const end = sync.start()
    keys('ArrowRight', '+')
    await Bun.sleep(350)
    keys('0')
    await Bun.sleep(350)
    end()
    expect(ranges).toEqual([{ fromMs: 10_000, toMs: 50_000 }, null])
  })

  test('bring what is selected elsewhere into view', () => {
    const { model, give, keys } = plot()
    keys('+', '+', '+', '+', 'Home')
    give({ selected: at(3, 40_000) })
    expect(model.shown.value.fromMs).toBeLessThan(40_000)
    expect(model.shown.value.toMs).toBeGreaterThan(42_000)
    expect(model.active.value).toBe(3)
  })

  test('show all of the recording once channels are there', () => {
    const { model, give } = plot({ channels: [] })
    give({ channels: [channelOf(1, [])] })
    expect(model.shown.value).toEqual({ fromMs: 0, toMs: 60_000 })
  })

  test('leave the edit mode where nothing may be edited any more', () => {
    const { model, commands, give } = plot()
    commands.setMode('edit')
    give({ onEdit: undefined })
    expect(model.mode.value).toBe('zoom')
  })

  test('have one scale for channels of one unit, where that is asked for', () => {
    const { model, give } = plot()
    const [first, second] = model.props.value.channels as [PlotChannel, PlotChannel]
    model.store.put(`r envelope  null`, [
      {
        channel: 3,
        kind: 'windows',
        startMs: 0,
        endMs: 60_000,
        stepMs: 30_000,
        sampleMs: 1,
        low: Float32Array.of(0, 0),
        high: Float32Array.of(10, 100),
        gaps: [],
        reason: null,
      },
    ])
    model.loaded.value++
    expect(model.heightsOf([first])[1]).toBeCloseTo(108)
    expect(model.heightsOf([second])[1]).toBeLessThan(10)
    give({ sharedScale: true })
    expect(model.heightsOf([second])[1]).toBeCloseTo(108)
    expect(model.hasSignal([first])).toBeTrue()
    expect(model.hasSignal([second])).toBeFalse()
  })
})
