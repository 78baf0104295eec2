/** Pictures of a channel: what a device or a program made of it, such as its envelope, stored beside it. */
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { wordsOf } from './words.ts'

/** Words of a signal that has lost its spectrum: no EMG to analyse, even where it stands alone. */
const REDUCED =
  /^(?:activated|envelope|enveloppe|hullkurve|linenv|rms|arv|mav|rectified|rectifiee?|redressee?|gleichgerichtet|smoothed)$/

/** Words of a signal that is EMG still. */
const FILTERED =
  /^(?:filtered|filt|filtree?|gefiltert|processed|bandpass|bandpassed|highpass|highpassed|notched|denoised)$/

/** The same, at the end of a label only, and only beside the channel itself: else they may name a muscle or the signal. */
const REDUCED_AT_END = /^(?:rect|env|smooth|integrated|averaged|activation)$/

const RAW = /^(?:raw|unfiltered|brute?|roh)$/

/** Words that belong to those of a picture: linear envelope, full-wave rectified. */
const BESIDE = /^(?:linear|full|wave|moving|mean|low|high|band|pass|signal|norm|normalised|normalized)$/

/** What a channel is a picture of. */
export interface Picture {
  /** Whether its spectrum is lost; `activated` for the device’s own detection. */
  readonly kind: 'activated' | 'reduced' | 'filtered'
  /** The channel that it shows; undefined where the recording has none. */
  readonly of: RecordingChannel | undefined
}

interface Labelled {
  readonly channel: RecordingChannel
  /** What the label says without words of pictures. */
  readonly base: string
  /** The same without the words beside them. */
  readonly bare: string
  /** 0 raw, 1 unmarked, 2 filtered, 3 reduced: how far it is from the signal. */
  readonly distance: 0 | 1 | 2 | 3
  /** Whether it is a picture even where it stands alone. */
  readonly certain: boolean
  readonly activated: boolean
}

function read(channel: RecordingChannel): Labelled {
  const words = wordsOf(channel.label)
  const reduced = words.filter((word) => REDUCED.test(word))
  const trailing = words.findLastIndex((word) => /[a-z]{2}/.test(word))
  const base = words.filter(
    (word, at) =>
      !(REDUCED.test(word) || FILTERED.test(word) || RAW.test(word)) &&
      !(at === trailing && REDUCED_AT_END.test(word)),
  )
  const atEnd = REDUCED_AT_END.test(words[trailing] ?? '')
  const filtered = words.some((word) => FILTERED.test(word))
  const raw = words.some((word) => RAW.test(word))
  return {
    channel,
    base: base.join(' '),
    bare: base.filter((word) => !BESIDE.test(word)).join(' '),
    distance: raw ? 0 : reduced.length > 0 || atEnd ? 3 : filtered ? 2 : 1,
    certain: reduced.length > 0,
    activated: words.includes('activated'),
  }
}

/**
 * The channels that are pictures, by their labels: of the channel beside them whose label is the same without the words
 * of a picture, or of none. A filtered signal without its raw one is no picture: it is all the EMG there is.
 */
export function picturesOf(channels: readonly RecordingChannel[]): ReadonlyMap<RecordingChannel, Picture> {
  const all = channels.map(read)
  const closest = new Map<string, Labelled>()
  for (const each of all) {
    for (const base of new Set(each.distance < 2 ? [each.base] : [each.base, each.bare])) {
      const known = closest.get(base)
      if (base !== '' && (!known || each.distance < known.distance)) closest.set(base, each)
    }
  }
  return new Map(
    all.flatMap(({ channel, base, bare, distance, certain, activated }) => {
      if (distance < 2) return []
      const of = [base, bare]
        .map((each) => closest.get(each))
        .find((each) => each && each.distance < distance)
      if (!of && !certain) return []
      const kind = activated ? 'activated' : distance === 2 ? 'filtered' : 'reduced'
      return [[channel, { kind, of: of?.channel }] as const]
    }),
  )
}

/** Whether a label says that its signal was filtered before it was stored. */
export const saysFiltered = ({ label }: RecordingChannel): boolean =>
  wordsOf(label).some((word) => FILTERED.test(word))
