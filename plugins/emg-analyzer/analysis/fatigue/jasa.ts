/** Joint analysis of spectrum and amplitude. @see Luttmann et al. (1996), Ergonomics 39:298; (2000), J Electromyogr Kinesiol 10:189 */
import type { Jasa, Slope } from '../schema.ts'

const QUADRANTS = {
  'up down': 'fatigue',
  'up up': 'force increase',
  'down down': 'force decrease',
  'down up': 'recovery',
} as const

const signOf = (slope: number): 'up' | 'down' => (slope > 0 ? 'up' : 'down')

/**
 * The quadrant that the signs of both slopes fall into: amplitude up and frequency down is fatigue. It is sure only
 * where both slopes are.
 *
 * @returns null when a slope is unknown or zero
 */
export function jasa(amplitude: Slope, frequency: Slope): Jasa | null {
  if (!amplitude.slope || !frequency.slope) return null
  return {
    quadrant: QUADRANTS[`${signOf(amplitude.slope)} ${signOf(frequency.slope)}`],
    significant: amplitude.significant === true && frequency.significant === true,
  }
}
