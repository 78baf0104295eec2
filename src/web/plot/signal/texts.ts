/** What is written in panes and said of them, in the language of the page. */
import { amplitude, exactPercent, fixed, seconds } from '../../language/format.ts'
import { within } from './bands.ts'
import type { PlotChannel } from './contract.ts'
import { amount, reading } from './figures.ts'
import type { Level } from './heights.ts'
import type { Model } from './model.ts'
import type { PaneTexts } from './pane.ts'
import type { Gap } from './piece.ts'
import { drawnUnit } from './units.ts'
import { verdictOf } from './verdict.ts'
import { words } from './words.ts'

/** What is written in panes. */
export function paneTexts(): PaneTexts {
  const t = words()
  const levelName = ({ kind, value }: Level, channel: PlotChannel): string => {
    const figure = amount(value, drawnUnit(channel.unit))
    if (kind === 'mvc') return t.mvc(figure)
    return kind === 'target'
      ? t.target(exactPercent(channel.mvc?.targetPercent), figure)
      : t.detection(figure)
  }
  const GAPS: Readonly<Record<Gap['reason'], string>> = {
    DROPOUT: t.dropout,
    NOT_A_NUMBER: t.notNumber,
    MIXED: t.mixedGap,
  }
  return {
    decimal: (value, decimals) => fixed(value === 0 ? 0 : value, decimals),
    gap: ({ reason }) => GAPS[reason],
    level: (level, channel, isAlone) =>
      isAlone ? levelName(level, channel) : `${channel.label} · ${levelName(level, channel)}`,
    missing: (reason) =>
      reason === 'the recording has no activated picture of it' ? t.noActivated : t.cannotDraw(reason),
  }
}

/** The plot in words: what is drawn, which range of it, and how many contractions are in view. */
export function summaryOf(model: Model): string {
  const t = words()
  const { channels, view } = model.props.value
  const range = model.settled.value
  const names = channels.map(({ label }) => label).join(', ')
  const all = model.durationMs.value
  return [
    t.summary(t[view], names, seconds(range.fromMs), seconds(range.toMs), seconds(all)),
    ...channels.map(({ label, contractions }) =>
      t.count(label, within(contractions, range).length, contractions.length),
    ),
  ].join(' ')
}

/** The selected contraction in words; empty where none is. */
export function selectionText(model: Model): string {
  const t = words()
  const { channels, selected } = model.props.value
  const channel = channels.find(({ index }) => index === selected?.channel)
  const place = channel?.contractions.findIndex(
    ({ startMs }) => Math.abs(startMs - (selected?.startMs ?? 0)) < 0.5,
  )
  const contraction = channel?.contractions[place ?? -1]
  if (!channel || !contraction || place === undefined) return ''
  return t.selectedOne(
    channel.label,
    place + 1,
    channel.contractions.length,
    seconds(contraction.startMs),
    seconds(contraction.endMs),
    t[verdictOf(contraction)],
  )
}

/** The time of the cursor with the value of each channel; empty where there is no cursor. */
export function cursorText(model: Model): string {
  const t = words()
  const atMs = model.cursor.value
  if (atMs === null) return ''
  const values = model.props.value.channels.map(({ index, label, unit }) => {
    const value = model.valueOf(index)
    return `${label} ${value ? reading(value, unit, t.extremes) : t.noSignal}`
  })
  return `${t.at(seconds(atMs, 3))} · ${values.join(' · ')}`
}

/** What stands beside the name of a channel: its side and what it is held against. */
export function aboutChannel({ side, mvc }: PlotChannel): string[] {
  const t = words()
  return [
    ...(side === null ? [] : [t[side]]),
    ...(typeof mvc?.value === 'number' ? [t.mvc(amplitude(mvc.value))] : []),
  ]
}
