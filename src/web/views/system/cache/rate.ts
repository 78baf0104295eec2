/** Hit rates as they are shown. */

/**
 * A rate in percent, to one decimal, never rounded up: 100 % is said only where nothing was missed.
 *
 * @param rate 0 to 1; null stays null
 */
export const ratePercent = (rate: number | null): number | null =>
  // The slack is for rates such as 0.29, which times 1000 is a little less than 290.
  rate === null ? null : Math.floor(1000 * rate + 1e-9) / 10
