/** What an analysis may be told, with units; and the presets, which are data. */
import * as v from 'valibot'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const order = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))

/** Lowest and highest sampling rate in Hz that a caller may state in place of the declared one. */
export const MIN_RATE = 10
export const MAX_RATE = 100_000

export const AnalysisParametersSchema = v.object({
  bandPass: v.pipe(
    v.object({
      lowHz: v.pipe(positive, v.description('Lower corner, against movement artefact')),
      highHz: v.pipe(
        positive,
        v.description('Upper corner; 0.9 of half the sampling rate where that is lower'),
      ),
      order: v.pipe(order, v.description('Of one pass. Two passes: no delay, -6 dB at the corners')),
    }),
    v.description('Butterworth band-pass, run forwards and backwards'),
  ),
  envelope: v.pipe(
    v.object({
      cutoffHz: v.pipe(positive, v.description('Corner of the low-pass')),
      order: v.pipe(order, v.description('Of one pass; two are made')),
    }),
    v.description('Linear envelope that amplitudes of contractions are read from'),
  ),
  detection: v.pipe(
    v.object({
      cutoffHz: v.pipe(positive, v.description('Corner of the envelope that contractions are found in')),
      baselineWindowMs: v.pipe(positive, v.description('Length of the windows that rest is looked for in')),
      baselineFraction: v.pipe(
        positive,
        v.description('Share of the windows, the quietest, that count as rest'),
      ),
      baselineSpread: v.pipe(
        positive,
        v.description(
          '… those only that are at most this many times as loud as the quietest quarter of them',
        ),
      ),
      onsetSd: v.pipe(
        positive,
        v.description('A contraction rises above rest by this many standard deviations'),
      ),
      boundarySd: v.pipe(positive, v.description('It begins and ends where it crosses this many')),
      onsetShare: v.pipe(
        positive,
        v.description('… and by at least this share of the recording’s 99th percentile'),
      ),
      boundaryShare: v.pipe(positive, v.description('The same for its beginning and end')),
      mergeGapMs: v.pipe(positive, v.description('Contractions closer than this are one')),
      bridgeGapMs: v.pipe(
        positive,
        v.description('A contraction goes on across dropouts in it of up to this length'),
      ),
      minimumDurationMs: v.pipe(positive, v.description('Shorter ones are dropped, after merging')),
    }),
    v.description('Threshold with hysteresis above a robust baseline'),
  ),
  dropoutMs: v.pipe(positive, v.description('A value that stays the same for this long is a dropout')),
  minimumRateHz: v.pipe(positive, v.description('Below this sampling rate no figure is given')),
  rateOverride: v.pipe(
    v.nullable(positive),
    v.description('Sampling rate in Hz in place of the declared one'),
  ),
})

export type AnalysisParameters = v.InferOutput<typeof AnalysisParametersSchema>

/** De Luca et al. (2010), J Biomech 43:1573 for the 20 Hz corner; SENIAM and ISEK for the upper one. */
const clinical: AnalysisParameters = {
  bandPass: { lowHz: 20, highHz: 450, order: 4 },
  envelope: { cutoffHz: 6, order: 2 },
  detection: {
    cutoffHz: 30,
    baselineWindowMs: 250,
    baselineFraction: 0.2,
    baselineSpread: 2,
    onsetSd: 8,
    boundarySd: 3,
    onsetShare: 0.1,
    boundaryShare: 0.05,
    mergeGapMs: 200,
    bridgeGapMs: 500,
    minimumDurationMs: 100,
  },
  dropoutMs: 20,
  minimumRateHz: 200,
  rateOverride: null,
}

const PRESETS = { clinical } as const

export type PresetName = keyof typeof PRESETS

export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]]

/** A preset by name, and what is laid over it. */
export interface AnalysisPlan {
  readonly preset: PresetName
  readonly parameters: AnalysisParameters
}

export const planAnalysis = (
  preset: PresetName,
  overrides: Partial<AnalysisParameters> = {},
): AnalysisPlan => ({
  preset,
  parameters: { ...PRESETS[preset], ...overrides },
})
