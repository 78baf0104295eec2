/** What a sample recording is made from. */
import type { C3dEventSpec, C3dPointSpec } from '../../../src/sdk.ts'
import type { Burst, EmgSpec } from './synthesise.ts'

/** One channel: a name, and what is put into it. */
export interface ChannelDesign {
  readonly label: string
  readonly description: string
  readonly emg: Omit<EmgSpec, 'rate' | 'durationS'>
}

/** One recording. */
export interface SampleDesign {
  readonly fileName: string
  /** One line for people. */
  readonly title: string
  /** ANALOG:UNITS, and the unit of every amplitude below. */
  readonly unit: 'V' | 'mV'
  readonly durationS: number
  /** Hz. */
  readonly pointRate: number
  /** Analog samples a point frame. */
  readonly samplesPerFrame: number
  readonly points: readonly C3dPointSpec[]
  readonly events: readonly C3dEventSpec[]
  readonly channels: readonly ChannelDesign[]
}

/** Bursts of one length and strength, evenly spaced. */
export const repeated = (
  count: number,
  firstMs: number,
  everyMs: number,
  lengthMs: number,
  rms: number,
): Burst[] =>
  Array.from({ length: count }, (_, i) => {
    const startMs = firstMs + i * everyMs
    return { startMs, endMs: startMs + lengthMs, rms }
  })
