/** Makes the channels of a recording: titles, scaling, plates and the reading of samples. */

import {
  type AnalogLayout,
  type C3dAnalogChannel,
  type ChannelScaling,
  rawSamples,
  readSamples,
} from './analog.ts'
import { readTitles } from './labels.ts'
import type { Lookup } from './lookup.ts'
import type { C3dForcePlate } from './plates.ts'
import type { AnalogScaling } from './scaling.ts'
import type { WarningLog } from './warnings.ts'

/** Reads samples of the channels asked for, into the arrays given or new ones. */
export function analogReader(layout: AnalogLayout, { genScale, scales, offsets, unsigned }: AnalogScaling) {
  const length = layout.frames * layout.samplesPerFrame
  const scalings = unsigned.map(
    (isUnsigned, index): ChannelScaling => ({
      index,
      unsigned: isUnsigned,
      offset: offsets[index]!,
      factor: scales[index]! * genScale,
    }),
  )
  const read = (indices: readonly number[], targets?: readonly Float64Array[]): Float64Array[] => {
    const channels = indices.map((index) => {
      const scaling = scalings[index]
      if (!scaling) throw new RangeError(`there is no analog channel ${index}`)
      return scaling
    })
    const filled = channels.map((_, i) => targets?.[i] ?? new Float64Array(length))
    if (filled.some((target) => target.length < length))
      throw new RangeError(`a target of analog samples needs room for ${length}`)
    readSamples(layout, channels, filled)
    return filled
  }
  return { read, raw: (index: number) => rawSamples(layout, scalings[index]!) }
}

/** Describes every channel; its samples stay in the file until they are asked for. */
export function analogChannels(
  lookup: Lookup,
  { scales, offsets, unsigned }: AnalogScaling,
  analog: ReturnType<typeof analogReader>,
  forcePlates: readonly C3dForcePlate[],
  { channels }: AnalogLayout,
  log: WarningLog,
): C3dAnalogChannel[] {
  const { labels, names, units, descriptions } = readTitles(lookup, 'ANALOG', channels, 'A', log)
  const plateOf = new Map(
    forcePlates.flatMap((plate) => plate.channels.map((channel) => [channel, plate.index])),
  )
  return labels.map((label, index) => ({
    index,
    label,
    name: names[index]!,
    unit: units[index]!,
    description: descriptions[index]!,
    scale: scales[index]!,
    offset: offsets[index]!,
    unsigned: unsigned[index]!,
    forcePlate: plateOf.get(index) ?? null,
    samples: (target) => analog.read([index], target ? [target] : undefined)[0]!,
    raw: () => analog.raw(index),
  }))
}
