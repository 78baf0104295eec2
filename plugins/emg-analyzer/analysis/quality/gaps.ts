/** Checks of what is missing: length, dropouts, values that are no numbers. */
import { type QualityCheck, rate as rateStatus } from './check.ts'

const percentOf = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : 0)

const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

export const length: QualityCheck = {
  type: 'quality-check',
  id: 'length',
  summary: 'Whether there is enough signal',
  unit: 's',
  reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
  assess({ gaps, rate }) {
    const value = gaps.kept / rate
    // What holds no signal at all is told once: by `constant`.
    if (gaps.kept === 0) return { status: 'unknown', value }
    if (value < 1) return { status: 'poor', value, message: `Only ${value.toFixed(2)} s of signal.` }
    if (value < 3) return { status: 'usable', value, message: `Only ${value.toFixed(1)} s of signal.` }
    return { status: 'good', value }
  },
}

export const dropouts: QualityCheck = {
  type: 'quality-check',
  id: 'dropouts',
  summary: 'Share of the recording in which one value stands still for 20 ms or more',
  unit: '%',
  reference: 'A radio link that breaks repeats its last value',
  assess({ raw, gaps, rate }) {
    const lost = gaps.dropouts.reduce((sum, { start, end }) => sum + end - start, 0)
    const value = percentOf(lost, raw.length)
    const count = gaps.dropouts.length
    if (count === 0) return { status: 'good', value }
    if (gaps.kept === 0) return { status: 'unknown', value }
    const seconds = (lost / rate).toFixed(2)
    return {
      status: value > 5 ? 'poor' : 'usable',
      value,
      message: `${times(count, 'dropout')} of ${seconds} s in all; left out.`,
    }
  },
}

export const nonFinite: QualityCheck = {
  type: 'quality-check',
  id: 'nonFinite',
  summary: 'Share of samples that are no numbers',
  unit: '%',
  reference: 'IEEE 754',
  assess({ raw, gaps }) {
    const value = percentOf(gaps.nonFinite, raw.length)
    if (gaps.nonFinite === 0) return { status: 'good', value }
    if (gaps.kept === 0) return { status: 'unknown', value }
    return {
      status: rateStatus(value, 0, 1),
      value,
      message: `${times(gaps.nonFinite, 'sample')} ${gaps.nonFinite === 1 ? 'is no number' : 'are no numbers'}; left out.`,
    }
  },
}

export const constant: QualityCheck = {
  type: 'quality-check',
  id: 'constant',
  summary: 'Whether the channel holds a signal at all',
  unit: '1',
  reference: 'A channel of one value was not connected',
  assess({ raw, gaps }) {
    if (gaps.kept > 0) return { status: 'good', value: 0 }
    const message =
      raw.length === 0
        ? 'There are no samples.'
        : gaps.nonFinite === raw.length
          ? 'None of its samples is a number.'
          : 'It stands still throughout: there is no signal.'
    return { status: 'poor', value: 1, message }
  },
}
