/** The plot of a channel: raw signal over envelope, with contractions by outcome, faults, MVC and target. */
import { clean } from '../../../src/sdk.ts'
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { voltsPer } from '../../mvc-cascade/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { bandPath } from './band.ts'
import { drawing, frame, LEFT, line, type Panel, RIGHT, text, timeAxis, valueAxis } from './frame.ts'
import { OUTCOME_SHAPES, type Outcome, outcomeOf, shapeAt } from './marks.ts'
import type { ChannelPicture } from './picture.ts'
import { axisUnit, boundsOf, place, type Scale, scaleOf } from './scale.ts'
import { ticksBetween } from './ticks.ts'

const RAW: Panel = { top: 34, bottom: 114 }
const ENVELOPE: Panel = { top: 136, bottom: 226 }
const HEIGHT = 256
/** Baseline of the title, above the shapes of contractions. */
const TITLE = 12

/** A line so many times above the signal would press it flat; it is told in words instead. */
const OUT_OF_SIGHT = 4

/** Shapes closer than this would hide each other. */
const SHAPE_ROOM = 9

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** One path for all stretches of a kind. Those that fall on the very place of the one before are left out. */
function stretchPath(stretches: readonly Stretch[], x: Scale): string {
  let path = ''
  let last = ''
  for (const { startMs, endMs } of stretches) {
    const from = place(x(startMs / 1000))
    // However short, it shows.
    const width = Math.max(0.6, place(x(endMs / 1000) - from))
    const next = `M${from} ${RAW.top}h${place(width)}V${ENVELOPE.bottom}h${place(-width)}z`
    if (next !== last) path += next
    last = next
  }
  return path
}

function contractionMarks(contractions: ChannelAnalysis['contractions'], x: Scale): Content {
  const byOutcome = Map.groupBy(contractions, outcomeOf)
  const bands = [...byOutcome].map(
    ([outcome, some]) => markup`<path d="${stretchPath(some, x)}" class="band" fill="url(#p-${outcome})"/>`,
  )
  let free = 0
  const shapes = contractions.flatMap((each) => {
    const middle = place((x(each.startMs / 1000) + x(each.endMs / 1000)) / 2)
    if (middle < free) return []
    free = middle + SHAPE_ROOM
    const outcome: Outcome = outcomeOf(each)
    return [shapeAt(OUTCOME_SHAPES[outcome], middle, RAW.top - 7)]
  })
  return [...bands, ...shapes]
}

/** What is held against the MVC: a bar across each contraction. */
function heldBars(contractions: ChannelAnalysis['contractions'], x: Scale, y: Scale): Markup {
  const path = contractions
    .flatMap(({ startMs, endMs, mvcAmplitude }) =>
      mvcAmplitude === null
        ? []
        : [`M${place(x(startMs / 1000))} ${place(y(mvcAmplitude))}H${place(x(endMs / 1000))}`],
    )
    .join('')
  return markup`<path d="${path}" class="held"/>`
}

const gapMarks = ({ gaps, rate }: ChannelPicture, x: Scale): Content =>
  gaps.length === 0
    ? ''
    : markup`<path d="${stretchPath(
        gaps.map(({ start, end }) => ({ startMs: (1000 * start) / rate, endMs: (1000 * end) / rate })),
        x,
      )}" class="gap" fill="url(#p-gap)"/>`

/** Triangles at the rail that is reached, one for columns that touch. */
function clippedMarks({ clipped }: ChannelPicture, middle: Scale): Content {
  const triangles = (columns: readonly number[], y: number, tip: number): string => {
    let last = Number.NEGATIVE_INFINITY
    let path = ''
    for (const column of columns) {
      const at = place(middle(column))
      if (at - last < 5) continue
      last = at
      path += `M${place(at - 3)} ${y}h6l-3 ${tip}z`
    }
    return path
  }
  const path = triangles(clipped.upper, RAW.top, 6) + triangles(clipped.lower, RAW.bottom, -6)
  return path === '' ? '' : markup`<path d="${path}" class="clipped"/>`
}

/** MVC and target, in the unit of the channel; null where they are not known. */
function levelsOf({ mvc, unit }: ChannelAnalysis): {
  readonly mvc: number | null
  readonly target: number | null
} {
  const volts = voltsPer(unit)
  const inUnit = (value: number | null | undefined): number | null =>
    value === null || value === undefined || volts === null ? null : value / volts
  return { mvc: inUnit(mvc?.value), target: inUnit(mvc?.threshold) }
}

interface Level {
  readonly kind: 'mvc' | 'target'
  readonly value: number
  readonly name: string
}

/** Height of a line of text, in units of the drawing. */
const LINE = 10

/** Lines of levels, named behind the plot, the larger above; one out of sight is named at the top, with an arrow. */
function levelMarks(levels: readonly Level[], y: Scale, top: number): Content {
  let free = ENVELOPE.top
  return levels
    .toSorted((a, b) => b.value - a.value)
    .map(({ kind, value, name }) => {
      const isSeen = value <= top
      const height = isSeen ? y(value) : ENVELOPE.top
      const at = Math.max(height + 3, free + 3)
      free = at - 3 + LINE
      return [
        isSeen ? line(LEFT, height, RIGHT, height, `${kind}-line`) : '',
        text(RIGHT + 4, at, 'level', isSeen ? name : `▲ ${name}`),
      ]
    })
}

/** Largest value that the plot of the envelope has to show. */
const largestOf = (
  bounds: readonly [number, number] | null,
  contractions: ChannelAnalysis['contractions'],
): number =>
  contractions.reduce(
    (most, { mvcAmplitude }) => Math.max(most, mvcAmplitude ?? 0),
    Math.max(0, bounds?.[1] ?? 0),
  )

/** @returns the drawing, or a sentence where there is nothing to draw */
export function drawChannel(channel: ChannelAnalysis, picture: ChannelPicture, language: Language): Markup {
  const { texts, figures } = language
  const { raw, envelope, durationS, rate, columnSamples } = picture
  const rawBounds = boundsOf(raw)
  if (rawBounds === null || durationS === 0) return markup`<p class="missing">${texts.plot.noSamples}</p>`
  const { contractions } = channel
  const x = scaleOf([0, durationS], [LEFT, RIGHT])
  const middle: Scale = (column) => x(Math.min(durationS, ((column + 0.5) * columnSamples) / rate))

  const envelopeBounds = envelope && boundsOf(envelope)
  const signalTop = largestOf(envelopeBounds, contractions)
  const { mvc, target } = levelsOf(channel)
  const inSight = [mvc, target].filter(
    (each) => each !== null && each <= OUT_OF_SIGHT * signalTop,
  ) as number[]
  const top = 1.08 * Math.max(signalTop, ...inSight) || 1
  const unit = axisUnit(channel.unit, Math.max(Math.abs(rawBounds[0]), Math.abs(rawBounds[1])))
  const envelopeUnit = axisUnit(channel.unit, top)
  const pad = (rawBounds[1] - rawBounds[0]) * 0.05 || Math.abs(rawBounds[0]) * 0.05 || 1
  const rawRange = [rawBounds[0] - pad, rawBounds[1] + pad] as const
  const yRaw = scaleOf(rawRange, [RAW.bottom, RAW.top])
  const unclamped = scaleOf([0, top], [ENVELOPE.bottom, ENVELOPE.top])
  // A low-pass may swing a little below zero.
  const y: Scale = (value) => Math.min(ENVELOPE.bottom, unclamped(value))

  const levels: Level[] = [
    ...(mvc === null
      ? []
      : [
          {
            kind: 'mvc' as const,
            value: mvc,
            name: `${texts.plot.mvc} ${figures.amount(mvc, channel.unit)}`,
          },
        ]),
    ...(target === null
      ? []
      : [
          {
            kind: 'target' as const,
            value: target,
            name: `${texts.plot.threshold} ${figures.amount(target, channel.unit)}`,
          },
        ]),
  ]
  const unitName = (name: string): string =>
    `${clean(name)}${channel.unitBasis === 'assumed' ? ` (${texts.unitAssumed})` : ''}`
  const inAxis =
    (scale: Scale, factor: number): Scale =>
    (value) =>
      scale(value / factor)
  const rawTicks = ticksBetween(rawRange[0] * unit.factor, rawRange[1] * unit.factor, 4)
  const envelopeTicks = ticksBetween(0, top * envelopeUnit.factor, 5)
  return drawing(HEIGHT, texts.plot.label(clean(channel.name)), [
    contractionMarks(contractions, x),
    valueAxis(RAW, rawTicks, inAxis(yRaw, unit.factor), figures),
    text(LEFT, TITLE, 'axis', `${texts.plot.raw}, ${unitName(unit.name)}`),
    markup`<path d="${bandPath(raw, middle, yRaw)}" class="raw"/>`,
    valueAxis(ENVELOPE, envelopeTicks, inAxis(y, envelopeUnit.factor), figures),
    text(LEFT, ENVELOPE.top - 6, 'axis', `${texts.plot.envelope}, ${unitName(envelopeUnit.name)}`),
    envelope
      ? [
          markup`<path d="${bandPath(envelope, middle, y)}" class="envelope"/>`,
          heldBars(contractions, x, y),
          levelMarks(levels, y, top),
        ]
      : text((LEFT + RIGHT) / 2, (ENVELOPE.top + ENVELOPE.bottom) / 2, 'axis middle', texts.plot.noEnvelope),
    gapMarks(picture, x),
    clippedMarks(picture, middle),
    frame(RAW),
    frame(ENVELOPE),
    timeAxis(ENVELOPE, ticksBetween(0, durationS, 10), x, figures, texts.plot.time),
  ])
}
