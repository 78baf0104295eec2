/** What of the view stands in the address, as text. */
import type { ContractionReference, SignalView } from '../../plot/signal/contract.ts'

export const VIEWS: readonly SignalView[] = ['raw', 'filtered', 'envelope', 'activated']

export const readView = (text: string | null): SignalView => VIEWS.find((each) => each === text) ?? 'envelope'

/** Indices of channels, such as `0,2`; null: all. */
export function readChannels(text: string | null): readonly number[] | null {
  if (text === null || text === '') return null
  return text
    .split(',')
    .filter((each) => /^\d{1,5}$/.test(each))
    .map(Number)
}

/** A contraction as `0:3032`: its channel and its start in ms. */
export const spellReference = (reference: ContractionReference | null): string | null =>
  reference && `${reference.channel}:${Math.round(reference.startMs)}`

/** The contraction that an address means, among those there are. */
export function findReference(
  text: string | null,
  channels: readonly {
    readonly index: number
    readonly contractions: readonly { readonly startMs: number }[]
  }[],
): ContractionReference | null {
  for (const { index, contractions } of channels)
    for (const { startMs } of contractions)
      if (spellReference({ channel: index, startMs }) === text) return { channel: index, startMs }
  return null
}
