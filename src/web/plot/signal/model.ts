/** The state of a signal plot: what it was given, what is shown of it, and what was loaded. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Draft } from './bands.ts'
import { extentOf, valueAt } from './columns.ts'
import type { PlotChannel, PlotRange, SignalPlotProperties } from './contract.ts'
import { coverOf, type Stretch } from './cover.ts'
import { type Heights, heightsOf, levelsOf, together } from './heights.ts'
import { nameOf, type Picture } from './loader.ts'
import type { Palette } from './palette.ts'
import { isSameRange, wholeOf } from './range.ts'
import { createStore } from './store.ts'
import { axisUnit, drawnUnit } from './units.ts'

/** What a drag does. */
export type Mode = 'zoom' | 'pan' | 'edit'

/** Bytes of pieces that a plot keeps: some hundred ranges of eight channels. */
const MOST_BYTES = 32 * 2 ** 20

/** Of a pane until its width is known. */
const FIRST_WIDTH = 800

export interface Model {
  readonly props: Signal<SignalPlotProperties>
  /** Width of the plots in CSS pixels, without axes. */
  readonly width: Signal<number>
  readonly shown: Signal<PlotRange>
  readonly mode: Signal<Mode>
  /** Whether heights fit what is shown, and not all of the recording. */
  readonly isFitted: Signal<boolean>
  /** Time of the read-out; null: none. */
  readonly cursor: Signal<number | null>
  /** Index of the channel that keys are about. */
  readonly active: Signal<number | undefined>
  /** A range that is being dragged out to be zoomed into. */
  readonly brush: Signal<PlotRange | null>
  readonly draft: Signal<Draft | null>
  readonly palette: Signal<Palette | null>
  readonly isLoading: Signal<boolean>
  readonly problem: Signal<unknown>
  /** Counts what was loaded. */
  readonly loaded: Signal<number>
  /** What is shown since the last gesture came to rest: for what need not follow each of its frames. */
  readonly settled: Signal<PlotRange>

  readonly durationMs: ReadonlySignal<number>
  readonly picture: ReadonlySignal<Picture>
  /** Channels of each pane. */
  readonly panes: ReadonlySignal<ReadonlyArray<readonly PlotChannel[]>>
  readonly store: ReturnType<typeof createStore>
  /** What a channel is drawn from in a range. */
  readonly stretchesOf: (channel: number, range: PlotRange) => Stretch[]
  /** Heights of a pane, by the indices of its channels. */
  readonly heightsOf: (channels: readonly PlotChannel[]) => Heights
  /** Whether any of the channels has a signal: else there is nothing for an axis to measure. */
  readonly hasSignal: (channels: readonly PlotChannel[]) => boolean
  /** Extremes of a channel at the cursor, in its drawn unit. */
  readonly valueOf: (channel: number) => readonly [number, number] | null
  /** Why a channel has no picture; null where it has, or nothing is known yet. */
  readonly reasonOf: (channel: number) => string | null
  readonly show: (range: PlotRange) => void
}

const longest = (channels: readonly PlotChannel[]): number =>
  1000 * channels.reduce((most, { durationS }) => Math.max(most, durationS), 0)

/** Units that one scale may be shared in. */
const unitNameOf = (channel: PlotChannel): string => drawnUnit(channel.unit).name

export function createModel(first: SignalPlotProperties): Model {
  const props = signal(first)
  const shown = signal<PlotRange>(first.range ?? wholeOf(longest(first.channels)))
  const isFitted = signal(false)
  const cursor = signal<number | null>(null)
  const loaded = signal(0)
  const store = createStore(MOST_BYTES)

  const durationMs = computed(() => longest(props.value.channels))
  const picture = computed<Picture>(() => {
    const { recordingId, view, preset, parameters } = props.value
    return { recordingId, view, preset, parameters }
  })
  const name = computed(() => nameOf(picture.value))
  const panes = computed(() => {
    const { channels, layout = 'stacked' } = props.value
    if (channels.length === 0) return []
    return layout === 'overlaid' ? [channels] : channels.map((each) => [each])
  })

  const stretchesOf = (channel: number, range: PlotRange): Stretch[] =>
    coverOf(store.of(name.value, channel), range)

  /** Heights of each channel, and of those that share a unit with it. */
  const heights = computed(() => {
    // Read so that what was loaded is seen.
    loaded.value
    const { channels, view } = props.value
    const range = isFitted.value ? shown.value : wholeOf(durationMs.value)
    return new Map(
      channels.map((channel) => [
        channel.index,
        heightsOf(extentOf(stretchesOf(channel.index, range)), levelsOf(channel, view), view),
      ]),
    )
  })

  return {
    props,
    width: signal(FIRST_WIDTH),
    shown,
    mode: signal<Mode>('zoom'),
    isFitted,
    cursor,
    active: signal<number | undefined>(first.selected?.channel ?? first.channels[0]?.index),
    brush: signal<PlotRange | null>(null),
    draft: signal<Draft | null>(null),
    palette: signal<Palette | null>(null),
    isLoading: signal(true),
    problem: signal<unknown>(undefined),
    loaded,
    settled: signal(shown.peek()),
    durationMs,
    picture,
    panes,
    store,
    stretchesOf,
    heightsOf(channels) {
      const unit = channels[0] && unitNameOf(channels[0])
      const all = props.value.sharedScale
        ? props.value.channels.filter((each) => unitNameOf(each) === unit)
        : channels
      return together(all.map(({ index }) => heights.value.get(index)).filter((each) => each !== undefined))
    },
    hasSignal(channels) {
      loaded.value
      return channels.some(({ index }) =>
        store.of(name.value, index).some(({ reason, low }) => reason === null && low.length > 0),
      )
    },
    valueOf(channel) {
      loaded.value
      const atMs = cursor.value
      if (atMs === null) return null
      return valueAt(stretchesOf(channel, { fromMs: atMs, toMs: atMs + 1e-3 }), atMs)
    },
    reasonOf(channel) {
      loaded.value
      return store.of(name.value, channel).find(({ reason }) => reason !== null)?.reason ?? null
    },
    show(range) {
      if (!isSameRange(range, shown.peek())) shown.value = range
    },
  }
}

/** Unit and factor of the axis of a pane. */
export const axisOf = (
  channels: readonly PlotChannel[],
  [least, most]: Heights,
): { readonly name: string; readonly factor: number } =>
  axisUnit(drawnUnit(channels[0]?.unit ?? null), Math.max(Math.abs(least), Math.abs(most)))
