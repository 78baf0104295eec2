/** Heartbeats as electrodes on the trunk pick them up: QRS complexes of known rate and height. */

export interface Heart {
  readonly perMinute: number
  /** Height of the R wave. */
  readonly amplitude: number
}

/** Q, R and S: time from the R wave in s, height as a share of it, width as standard deviation in s. */
const WAVES = [
  { at: -0.025, height: -0.15, sd: 0.008 },
  { at: 0, height: 1, sd: 0.01 },
  { at: 0.028, height: -0.25, sd: 0.01 },
] as const

/** Half of a complex, in s. */
const REACH = 0.08

/** Breathing moves each beat by up to this share of an interval. @see Task Force (1996), Circulation 93:1043 */
const BREATHING_SHARE = 0.04
const BREATHS_PER_S = 0.25

const waveAt = (t: number): number =>
  WAVES.reduce((sum, { at, height, sd }) => sum + height * Math.exp(-(((t - at) / sd) ** 2) / 2), 0)

/** Adds a heartbeat to samples. @returns times of the R waves in ms */
export function addHeartbeat(samples: Float64Array, rate: number, { perMinute, amplitude }: Heart): number[] {
  const interval = 60 / perMinute
  const duration = samples.length / rate
  const beats: number[] = []
  for (let n = 0; (n + 1) * interval <= duration; n++) {
    const even = (n + 0.5) * interval
    const beat = even + BREATHING_SHARE * interval * Math.sin(2 * Math.PI * BREATHS_PER_S * even)
    beats.push(1000 * beat)
    const last = Math.min(samples.length - 1, Math.floor((beat + REACH) * rate))
    for (let i = Math.max(0, Math.ceil((beat - REACH) * rate)); i <= last; i++) {
      samples[i] = (samples[i] as number) + amplitude * waveAt(i / rate - beat)
    }
  }
  return beats
}
