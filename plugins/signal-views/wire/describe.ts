/** A channel of an answer but for its values: what both forms of an answer say of it. */
import * as v from 'valibot'
import { MISSING_REASONS } from '../decimation/missing.ts'
import type { ChannelView } from '../service.ts'

export const GapSchema = v.object({
  startMs: v.number(),
  endMs: v.number(),
  missing: v.pipe(v.number(), v.integer(), v.description('Samples of it that are missing')),
  reason: v.pipe(
    v.picklist(MISSING_REASONS),
    v.description('DROPOUT: one value throughout; NOT_A_NUMBER; MIXED: both'),
  ),
})

export const ChannelHeadSchema = v.object({
  index: v.pipe(v.number(), v.integer(), v.description('Place in the file, from 0')),
  name: v.string(),
  label: v.string(),
  emg: v.pipe(v.boolean(), v.description('Whether the analysis takes it for EMG')),
  unit: v.pipe(v.nullable(v.string()), v.description('Null: the file states none, and it is no EMG')),
  unitBasis: v.nullable(v.picklist(['declared', 'assumed'])),
  rate: v.pipe(v.number(), v.description('Samples per second, as they are used')),
  samples: v.pipe(v.number(), v.integer(), v.description('Of the whole channel')),
  kind: v.pipe(
    v.picklist(['samples', 'windows']),
    v.description('Whether values are samples, or the least and the largest of windows'),
  ),
  start: v.pipe(v.number(), v.integer(), v.description('First sample of the first window')),
  end: v.pipe(v.number(), v.integer(), v.description('Behind the last sample of the last window')),
  windowSamples: v.pipe(
    v.number(),
    v.integer(),
    v.description('Of each window but the last, which may be shorter; 1 where values are samples'),
  ),
  startMs: v.pipe(v.number(), v.description('Time of the first sample')),
  windowMs: v.pipe(v.number(), v.description('From one window, or sample, to the next')),
  count: v.pipe(v.number(), v.integer(), v.description('Windows, or samples')),
  reason: v.pipe(
    v.nullable(v.string()),
    v.description('Why there are no values at all, as a sentence’s end; null where there are'),
  ),
  gaps: v.pipe(
    v.array(GapSchema),
    v.description('Where samples are missing; near ones are put together as closely as windows lie'),
  ),
})

export type ChannelHead = v.InferOutput<typeof ChannelHeadSchema>

export function describeChannel(view: ChannelView): ChannelHead {
  const { channel, emg, unit, unitBasis, rate, grid, drawn } = view
  const msOf = (sample: number): number => (sample * 1000) / rate
  const { start, end, length, count } = grid
  return {
    index: channel.index,
    name: channel.name,
    label: channel.label,
    emg,
    unit,
    unitBasis,
    rate,
    samples: channel.length,
    kind: length === 1 ? 'samples' : 'windows',
    start,
    end,
    windowSamples: length,
    startMs: msOf(start),
    windowMs: msOf(length),
    count,
    reason: 'reason' in drawn ? drawn.reason : null,
    gaps:
      'reason' in drawn
        ? []
        : drawn.runs.map(({ start, end, missing, reason }) => ({
            startMs: msOf(start),
            endMs: msOf(end),
            missing,
            reason,
          })),
  }
}
