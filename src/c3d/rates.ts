/** Frame and sample rates, and what else the file says they could be. */

import { C3dError } from './errors.ts'
import type { C3dHeader } from './header.ts'
import type { Candidate } from './layout.ts'
import type { Lookup } from './lookup.ts'
import type { WarningLog } from './warnings.ts'

/** What no motion capture or EMG system leaves; a wrong processor byte does, by far. */
const LOWEST_HZ = 0.1
const HIGHEST_HZ = 1_000_000

/** Relative difference up to which two rates are the same number written twice. */
const SAME = 1e-4

/** Another rate that the file suggests. */
export interface C3dAlternativeRate {
  /** Which rate it concerns. */
  kind: 'point' | 'analog'
  /** Hz. */
  value: number
  /** Where it comes from: `header`, `POINT:RATE`, `ANALOG:RATE` or `INFO:DURATION`. */
  source: string
}

/** The rates that were taken. */
export interface Rates {
  point: Candidate<number>
  /** The point rate times the sub-frames: what the frames themselves prove. */
  analog: number
  alternatives: C3dAlternativeRate[]
}

/** Whether something could be a rate in Hz. */
export const isPlausibleRate = (rate: number | undefined): rate is number =>
  rate !== undefined && rate >= LOWEST_HZ && rate <= HIGHEST_HZ

/**
 * The point rate by POINT:RATE or the header, whichever agrees with ANALOG:RATE; else POINT:RATE.
 *
 * @param hint what to add to the refusal, when another processor would make sense of the file
 * @throws {C3dError} RATE
 */
export function readRates(
  header: C3dHeader,
  lookup: Lookup,
  { channels, samplesPerFrame, frames }: { channels: number; samplesPerFrame: number; frames: number },
  log: WarningLog,
  hint: string,
): Rates {
  const stated = [
    { value: lookup.number('POINT', 'RATE'), source: 'POINT:RATE' },
    { value: header.rate as number | undefined, source: 'header' },
  ].filter((one): one is Candidate<number> => one.value !== undefined)
  const said = lookup.number('ANALOG', 'RATE')
  const declared = isPlausibleRate(said) ? said : undefined
  const plausible = stated.filter(({ value }) => isPlausibleRate(value))
  if (plausible.length === 0)
    throw new C3dError(
      'RATE',
      `No frame rate is plausible: ${stated.map(({ value, source }) => `${source} says ${value}`).join(', ')} Hz${hint}.`,
    )
  for (const { value, source } of stated) if (!isPlausibleRate(value)) noteInvalid(value, source, log)
  if (channels > 0 && said !== declared) noteInvalid(said, 'ANALOG:RATE', log)

  const point =
    plausible.find(({ value }) => declared !== undefined && same(value * samplesPerFrame, declared)) ??
    plausible[0]!
  const other = plausible.find(({ value }) => !same(value, point.value))
  const alternatives: C3dAlternativeRate[] = []
  if (other) {
    alternatives.push({ kind: 'point', ...other })
    log.add({
      code: 'MISMATCH',
      message: `The frame rate is ${point.value} Hz by ${point.source} and ${other.value} Hz by ${other.source}; the first was used.`,
      field: 'rate',
      used: point.value,
      others: { [other.source]: other.value },
    })
  }
  if (channels === 0) return { point, analog: 0, alternatives }
  const proved = point.value * samplesPerFrame
  const analog = declared !== undefined && same(proved, declared) ? declared : proved
  if (declared !== undefined && analog !== declared) {
    alternatives.push({ kind: 'analog', value: declared, source: 'ANALOG:RATE' })
    disagrees(analog, declared, 'ANALOG:RATE', log)
  }
  const measured = rateByDuration(lookup, frames * samplesPerFrame, analog)
  if (measured !== undefined) {
    alternatives.push({ kind: 'analog', value: measured, source: 'INFO:DURATION' })
    disagrees(analog, measured, 'INFO:DURATION', log)
  }
  return { point, analog, alternatives }
}

const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.abs(b)

function noteInvalid(value: number | undefined, source: string, log: WarningLog): void {
  log.add({ code: 'RATE_INVALID', message: `${source} says ${value} Hz, which is no rate; it was ignored.` })
}

function disagrees(used: number, other: number, source: string, log: WarningLog): void {
  log.add({
    code: 'RATE_DISAGREES',
    message: `The analog rate is ${used} Hz, but ${source} suggests ${Number(other.toPrecision(6))} Hz.`,
    used,
    others: { [source]: other },
  })
}

/**
 * GHOSTLY files state whole seconds of play; a rate that cannot have filled them is not the true one.
 * The duration is cut to whole seconds, so the truth lies within one second of it.
 */
function rateByDuration(lookup: Lookup, samples: number, rate: number): number | undefined {
  const seconds = lookup.number('INFO', 'DURATION')
  if (seconds === undefined || !(seconds >= 1) || samples === 0) return undefined
  const played = samples / rate
  const measured = samples / seconds
  return played >= seconds && played < seconds + 1
    ? undefined
    : isPlausibleRate(measured)
      ? measured
      : undefined
}
