/** How a muscle and its side are said. */
import { words } from './words.ts'

export type Side = 'left' | 'right' | 'none'

export const sideText = (side: Side): string => words()[side === 'none' ? 'sideNone' : side]

/** @example muscleName({ muscle: 'soleus', side: 'left' }) // 'soleus (left)' */
export const muscleName = ({ muscle, side }: { readonly muscle: string; readonly side: Side }): string =>
  side === 'none' ? muscle : `${muscle} (${sideText(side)})`

/** The options of a field that asks for a side. */
export const sideOptions = () =>
  (['left', 'right', 'none'] as const).map((side) => ({ value: side, label: sideText(side) }))
