/** Contractions and channels as an analysis answers them, for tests. */
import type { AnalysedChannel, Contraction } from '../../../api/shapes.ts'

/** A contraction of one second from a time on. */
export const contractionAt = (startMs: number, changes: Partial<Contraction> = {}): Contraction => ({
  startMs,
  endMs: startMs + 1000,
  durationMs: 1000,
  source: 'detected',
  meanAmplitude: 1e-4,
  maxAmplitude: 2e-4,
  mvcAmplitude: 1.5e-4,
  mvcPercent: 80,
  meetsMvc: true,
  meetsDuration: true,
  isGood: true,
  ...changes,
})

type Part = Pick<
  AnalysedChannel,
  'index' | 'name' | 'side' | 'unit' | 'target' | 'contractions' | 'thresholds' | 'mvc'
>

export const channelWith = (index: number, contractions: readonly Contraction[]): Part => ({
  index,
  name: `CH${index + 1}`,
  side: index % 2 === 0 ? 'left' : 'right',
  unit: 'V',
  target: { durationMs: 2000, contractions: 12 },
  contractions: [...contractions],
  thresholds: { onset: 1e-5 },
  mvc: null,
})
