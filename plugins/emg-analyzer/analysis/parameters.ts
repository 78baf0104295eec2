/** What the analysis of a signal may be told, with units. Presets are values of this; see presets.ts. */
import * as v from 'valibot'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const order = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))
const milliseconds = v.pipe(positive, v.maxValue(3_600_000))
const band = v.pipe(
  v.tuple([v.pipe(v.number(), v.minValue(0)), positive]),
  v.check(([low, high]) => low < high, 'expected the lower corner first'),
)

/** Lowest and highest sampling rate in Hz that a caller may state in place of the declared one. */
export const MIN_RATE = 10
export const MAX_RATE = 100_000

const DualPass = v.pipe(
  v.boolean(),
  v.description(
    'Whether the design is moved so that both passes together have -3 dB at the stated corner (Robertson & Dowling 2003); else -6 dB',
  ),
)

const Gaps = v.pipe(
  v.strictObject({
    dropoutMs: v.pipe(milliseconds, v.description('A value that stays the same for this long is a dropout')),
    mask: v.pipe(
      v.boolean(),
      v.description('Whether gaps are left out of every figure, and bridged for the filters'),
    ),
  }),
  v.description('Stretches without a signal'),
)

const BandPass = v.pipe(
  v.strictObject({
    lowHz: v.pipe(positive, v.description('Lower corner, against movement artefact')),
    highHz: v.pipe(
      v.nullable(positive),
      v.description('Upper corner; 0.9 of half the sampling rate where that is lower. null: none'),
    ),
    order: v.pipe(order, v.description('Of one pass; two are made')),
    dualPassCorrection: DualPass,
  }),
  v.check(
    ({ lowHz, highHz }) => highHz === null || lowHz < highHz,
    'expected the lower corner below the upper one',
  ),
  v.description('Butterworth, run forwards and backwards, so that nothing is delayed'),
)

const Notch = v.pipe(
  v.nullable(
    v.strictObject({
      frequencyHz: v.pipe(v.picklist([50, 60]), v.description('Of the power line')),
      harmonics: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
      qualityFactor: v.pipe(
        positive,
        v.description('Frequency over width of the notch at -3 dB of one pass'),
      ),
    }),
  ),
  v.description('Notches at the power line and its harmonics; null: none. Spectra are taken before them'),
)

const Envelope = v.pipe(
  v.strictObject({
    cutoffHz: v.pipe(positive, v.description('Corner of the low-pass of the rectified signal')),
    order: v.pipe(order, v.description('Of one pass; two are made')),
    dualPassCorrection: DualPass,
    smoothingMs: v.pipe(
      v.nullable(milliseconds),
      v.description('Moving mean after it, zeros beyond the ends; null: none'),
    ),
  }),
  v.description('Linear envelope that amplitudes of contractions are read from'),
)

const Detection = v.pipe(
  v.strictObject({
    method: v.pipe(v.string(), v.description('Detector, by its id')),
    options: v.pipe(v.record(v.string(), v.unknown()), v.description('Parameters of that detector')),
    mergeGapMs: v.pipe(milliseconds, v.description('Contractions closer than this are one')),
    bridgeGapMs: v.pipe(
      milliseconds,
      v.description('A contraction goes on across gaps in it of up to this length'),
    ),
    minimumDurationMs: v.pipe(milliseconds, v.description('Shorter ones are dropped, after merging')),
  }),
  v.description('How contractions are found'),
)

const Spectra = v.pipe(
  v.strictObject({
    segment: v.pipe(
      v.union([
        v.strictObject({ ms: milliseconds }),
        v.strictObject({ samples: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(65_536)) }),
      ]),
      v.description(
        'Segment of the averaged spectra; one in ms is taken to the nearest power of two in samples',
      ),
    ),
    band: v.pipe(
      v.nullable(v.literal('filter')),
      v.description('Band that frequencies are read in: that of the filter; null: all from 0 Hz on'),
    ),
    medianFrequency: v.pipe(
      v.picklist(['interpolated', 'bin']),
      v.description('Whether the median frequency is interpolated between bins'),
    ),
    dimitrovBandHz: v.pipe(
      v.nullable(band),
      v.description('Band of Dimitrov’s index, which its value depends on; null: all above 0 Hz'),
    ),
    minimumRateHz: v.pipe(positive, v.description('Below this sampling rate no frequency is given')),
  }),
  v.description('Power spectra: Welch, Hann, half overlapping, each segment without its mean'),
)

const Metrics = v.pipe(
  v.record(
    v.string(),
    v.strictObject({
      metric: v.pipe(v.string(), v.description('Metric, by its id')),
      over: v.pipe(v.picklist(['recording', 'contractions']), v.description('Samples it is computed from')),
    }),
  ),
  v.description('Which figures are given, under which names'),
)

const Windows = v.pipe(
  v.nullable(
    v.strictObject({
      lengthMs: v.pipe(milliseconds, v.description('Length of a window')),
      overlap: v.pipe(v.number(), v.minValue(0), v.maxValue(0.95), v.description('Share of a window')),
      metrics: v.pipe(
        v.array(v.string()),
        v.check((ids) => new Set(ids).size === ids.length, 'expected each metric once'),
      ),
    }),
  ),
  v.description('Statistics of metrics over windows of the recording; null: none'),
)

const Fatigue = v.pipe(
  v.nullable(
    v.strictObject({
      minimumCount: v.pipe(
        v.number(),
        v.integer(),
        v.minValue(3),
        v.description('Fewer contractions or windows give no valid slope'),
      ),
      windowMs: v.pipe(milliseconds, v.description('Windows where contractions are too few')),
    }),
  ),
  v.description('Slopes over contractions or windows; null: none'),
)

/** Everything that an analysis may be told, with what each part means. */
export const AnalysisParametersSchema = v.strictObject({
  rateOverride: v.pipe(
    v.nullable(v.pipe(v.number(), v.minValue(MIN_RATE), v.maxValue(MAX_RATE))),
    v.description('Sampling rate in Hz in place of the declared one'),
  ),
  minimumRateHz: v.pipe(positive, v.description('Below this sampling rate no figure is given')),
  gaps: Gaps,
  removeOffset: v.pipe(v.boolean(), v.description('Whether the mean is taken out before the filter')),
  bandPass: BandPass,
  notch: Notch,
  envelope: Envelope,
  detection: Detection,
  metricSignal: v.pipe(
    v.picklist(['filtered', 'raw']),
    v.description('What metrics are computed from: the band-passed signal, or the raw one with its offset'),
  ),
  metrics: Metrics,
  spectra: Spectra,
  windows: Windows,
  fatigue: Fatigue,
  mvcMethod: v.pipe(
    v.picklist(['rms-500', 'p95-envelope']),
    v.description(
      'How an MVC is calculated from this recording, and which amplitude of a contraction is held against an MVC: the largest 500 ms RMS of the filtered signal, or the envelope',
    ),
  ),
})

/** Everything that an analysis can be told; docs/analysis.md explains each. */
export type AnalysisParameters = v.InferOutput<typeof AnalysisParametersSchema>
