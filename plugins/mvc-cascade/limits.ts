/** What an MVC may be. */

/**
 * Amplitudes of a maximum voluntary contraction that surface electrodes can give, in V: below 1 uV lies the noise of
 * the electrodes themselves, and 10 mV is above what any muscle shows through the skin.
 */
export const PLAUSIBLE = { least: 1e-6, most: 1e-2 } as const

/** Whether a value in V can be an MVC. */
export const isPlausible = (value: number): boolean => value >= PLAUSIBLE.least && value <= PLAUSIBLE.most

/** What a clinic decides about its MVC values. */
export interface MvcLimits {
  /** Days that a calibration holds for, where it does not say itself until when. */
  readonly validityDays: number
  /** Value in V for muscles that nothing is known of; null: none, and then there is no value. */
  readonly defaultValue: number | null
}
