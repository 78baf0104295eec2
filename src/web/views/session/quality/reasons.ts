/** What a check says about a channel in plain words, by its id; the sentence of the server where it is not known here. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { against, amount, voltsIn } from '../../../language/amounts.ts'
import { fixed, percent, seconds, significant, withUnit } from '../../../language/format.ts'
import { said } from '../../../language/said.ts'
import { inOrder } from '../figures/in-order.ts'
import type { words } from './words.ts'

type Words = ReturnType<typeof words>
type Quality = AnalysedChannel['quality']
type Reason = Quality['reasons'][number]

/** A fault of a signal for people. */
export interface PlainReason {
  readonly check: string
  readonly status: Reason['status']
  readonly sentence: string
  /** What it does to the figures; absent for checks of plugins from outside. */
  readonly means?: string
}

type Channel = Pick<AnalysedChannel, 'quality' | 'unit'>

/** How an analysis takes what is wrong with a signal. */
interface Handling {
  /** Whether gaps are left out of every figure. */
  readonly leavesGapsOut: boolean
}
type Told = Pick<PlainReason, 'sentence' | 'means'>

/** What a check holds its value against, so that none is shown on the other side: 14.96 dB are no 15. */
const BARS = {
  length: [1, 3],
  samplingRate: [400, 900],
  signalToNoise: [10, 15],
  dropouts: [0, 5],
  clipping: [0, 1],
  nonFinite: [0, 1],
  /** In µV. */
  baselineNoise: [10, 50],
} as const

/** A number of the details of a check, which are any JSON. */
function detail(details: unknown, name: string): number | null {
  const value = (details as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return typeof value === 'number' ? value : null
}

/** RMS in V from which on no muscle gives as much. @see docs/analysis.md, the check `scale` */
const LARGE_V = 5e-3

/** A share that is not shown as 0. */
const share = (value: number): string =>
  value < 0.01 ? `<\u202f${percent(0.01, 2)}` : percent(value, value < 1 ? 2 : 1)

/** By check: undefined where the answer lacks what the words need, so that the sentence of the server is shown. */
const TELL: Readonly<
  Record<
    string,
    (
      t: Words,
      channel: Channel,
      value: number | null,
      isPoor: boolean,
      details: unknown,
      handling: Handling,
    ) => Told | undefined
  >
> = {
  constant: (t) => ({ sentence: t.constantSays, means: t.constantMeans }),
  length: (t, _, value) =>
    value === null
      ? undefined
      : { sentence: t.lengthSays(against(value, BARS.length, 1, 's')), means: t.lengthMeans },
  samplingRate: (t, _, value, isPoor) =>
    value === null
      ? undefined
      : {
          sentence: t.rateSays(against(value, BARS.samplingRate, 0, 'Hz')),
          means: isPoor ? t.rateMeansPoor : t.rateMeans,
        },
  nonFinite: (t, { quality }) => ({
    sentence: t.nonFiniteSays(fixed(quality.nonFinite)),
    means: t.nonFiniteMeans,
  }),
  dropouts: (t, { quality: { dropouts } }, _, isPoor, __, { leavesGapsOut }) => ({
    sentence: t.dropoutsSays(dropouts.count, seconds(dropouts.totalMs, 2)),
    means: !leavesGapsOut ? t.dropoutsKept : isPoor ? t.dropoutsMeansPoor : t.dropoutsMeans,
  }),
  clipping: (t, { quality }) => ({
    sentence: t.clippingSays(share(quality.clippedPercent)),
    means: t.clippingMeans,
  }),
  scale: (t, { unit }, value) => {
    const factor = voltsIn(unit)
    if (value === null || factor === null) return undefined
    const says = value * factor > LARGE_V ? t.scaleSaysLarge : t.scaleSaysSmall
    return { sentence: says(amount(value, unit)), means: t.scaleMeans }
  },
  signalToNoise: (t, _, value, isPoor) =>
    value === null
      ? { sentence: t.noContraction, means: t.noContractionMeans }
      : {
          sentence: t.noiseSays(
            against(value, BARS.signalToNoise, 1, 'dB'),
            significant(10 ** (value / 20), 2),
          ),
          means: isPoor ? t.noiseMeansPoor : t.noiseMeans,
        },
  baselineNoise: (t, { unit }, value) =>
    value === null
      ? undefined
      : { sentence: t.baselineSays(checkValue('baselineNoise', value, unit)), means: t.baselineMeans },
  powerLine: (t, _, __, isPoor, details) => {
    const [hz, power] = [detail(details, 'fundamentalHz'), detail(details, 'powerPercent')]
    if (hz === null || power === null) return undefined
    return {
      sentence: t.powerLineSays(withUnit(fixed(hz), 'Hz'), share(power)),
      means: isPoor ? t.powerLineMeansPoor : t.powerLineMeans,
    }
  },
  ecg: (t, _, value, __, details) => {
    if (value === null) return undefined
    const taken = detail(details, 'takenForContractions') ?? 0
    const rate = fixed(value)
    return { sentence: taken > 0 ? t.ecgCounted(rate, taken) : t.ecgSays(rate), means: t.ecgMeans }
  },
}

/** Reasons of a channel's verdict, the worst first. */
export const plainReasons = (t: Words, channel: Channel, handling: Handling): PlainReason[] =>
  channel.quality.reasons
    .map(({ check, status, message }) => {
      const found = channel.quality.checks[check]
      const told = Object.hasOwn(TELL, check)
        ? TELL[check]?.(t, channel, found?.value ?? null, status === 'poor', found?.details, handling)
        : undefined
      return { check, status, ...(told ?? { sentence: said(message) }) }
    })
    .toSorted((a, b) => Number(b.status === 'poor') - Number(a.status === 'poor'))

/** Name of a check; its id where it is of a plugin from outside. */
export function checkName(t: Words, id: string): string {
  const name = Object.hasOwn(TELL, id) ? t[id as keyof Words] : undefined
  return typeof name === 'string' ? name : id
}

/** Every check with its id, in the order that they are made in; those of plugins follow. */
export const checksOf = ({ quality: { checks } }: Channel) =>
  inOrder(Object.keys(checks), Object.keys(TELL)).flatMap((id) => {
    const check = checks[id]
    return check ? [{ id, ...check }] : []
  })

const WORST = { good: 0, usable: 1, poor: 2 } as const

/** The worst verdict of some channels; null of none. */
export const worstVerdict = (channels: readonly Channel[]): Quality['verdict'] | null =>
  channels.reduce<Quality['verdict'] | null>(
    (worst, { quality: { verdict } }) => (worst === null || WORST[verdict] > WORST[worst] ? verdict : worst),
    null,
  )

/** The value of a check with its unit, however small, and never rounded across what it is held against. */
export function checkValue(id: string, value: number | null, unit: string): string {
  const bars = Object.hasOwn(BARS, id) ? BARS[id as keyof typeof BARS] : []
  const volts = voltsIn(unit)
  if (unit === '%') return against(value, bars, 2, unit)
  if (value === null || bars.length === 0) return amount(value, unit)
  return volts === null
    ? against(value, bars, unit === 'Hz' ? 0 : 1, unit)
    : against(value * volts * 1e6, bars, 1, 'µV')
}
