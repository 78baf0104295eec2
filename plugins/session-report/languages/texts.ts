/** What a report says, in one language: a table of texts. */

/** Names of parameters, by their path in an analysis. */
export const PARAMETERS = [
  'rateOverride',
  'minimumRateHz',
  'gaps.dropoutMs',
  'gaps.mask',
  'removeOffset',
  'bandPass.lowHz',
  'bandPass.highHz',
  'bandPass.order',
  'bandPass.dualPassCorrection',
  'notch',
  'notch.frequencyHz',
  'notch.harmonics',
  'notch.qualityFactor',
  'envelope.cutoffHz',
  'envelope.order',
  'envelope.dualPassCorrection',
  'envelope.smoothingMs',
  'detection.method',
  'detection.mergeGapMs',
  'detection.bridgeGapMs',
  'detection.minimumDurationMs',
  'metricSignal',
  'metrics',
  'spectra.segment.ms',
  'spectra.segment.samples',
  'spectra.band',
  'spectra.medianFrequency',
  'spectra.dimitrovBandHz',
  'spectra.minimumRateHz',
  'windows',
  'windows.lengthMs',
  'windows.overlap',
  'windows.metrics',
  'fatigue',
  'fatigue.minimumCount',
  'fatigue.windowMs',
  'mvcMethod',
] as const

type Names<Key extends string> = Readonly<Record<Key, string>>

/** All that a report says of its own accord; values, labels and ids come from the analysis. */
export interface Texts {
  readonly title: string
  /** Between a name and what it is, with its blanks. */
  readonly colon: string
  readonly generatedBy: string
  readonly notMedical: string
  readonly yes: string
  readonly no: string
  readonly none: string
  readonly unknown: string
  readonly notStated: string
  readonly notStatedHere: string
  readonly unitAssumed: string
  readonly sides: Names<'left' | 'right' | 'none'>
  readonly head: Names<
    | 'patient'
    | 'noPatient'
    | 'when'
    | 'whenUnknown'
    | 'session'
    | 'recording'
    | 'file'
    | 'received'
    | 'exertion'
    | 'pressure'
    | 'notMeasured'
    | 'game'
    | 'channels'
    | 'preset'
    | 'pipeline'
    | 'localTime'
    | 'ofOcclusion'
    | 'points'
  >
  readonly startBasis: Names<'stated' | 'metadata' | 'file-name' | 'received'>
  readonly quality: {
    readonly title: string
    readonly overall: Names<'good' | 'usable' | 'poor' | 'none'>
    readonly verdicts: Names<'good' | 'usable' | 'poor' | 'unknown'>
    readonly allGood: string
    readonly channel: string
    readonly muscle: string
    readonly verdict: string
    readonly why: string
    readonly excluded: string
    readonly warnings: string
  }
  readonly plot: {
    readonly raw: string
    readonly envelope: string
    readonly time: string
    readonly legend: string
    readonly good: string
    readonly missed: string
    readonly unjudged: string
    readonly dropout: string
    readonly clipped: string
    readonly held: string
    readonly mvc: string
    readonly threshold: string
    readonly noEnvelope: string
    readonly noSamples: string
    readonly columns: (samples: string) => string
    readonly label: (channel: string) => string
  }
  readonly contractions: {
    readonly title: string
    readonly empty: string
    readonly number: string
    readonly verdict: string
    readonly start: string
    readonly end: string
    readonly duration: string
    readonly mean: string
    readonly largest: string
    readonly held: string
    readonly percent: string
    readonly source: string
    readonly detected: string
    readonly edited: string
    readonly good: string
    readonly missed: string
    readonly unjudged: string
    readonly tooWeak: string
    readonly tooShort: string
    readonly omitted: (count: number) => string
    readonly summary: (good: number, judged: number, all: number) => string
    readonly targets: (percent: string | null, duration: string | null, count: number | null) => string
    readonly noMvc: string
    readonly noHeld: string
    readonly unjudgedWhy: string
  }
  readonly bursts: {
    readonly title: string
    readonly tension: string
    readonly duty: string
    readonly rest: string
    readonly rate: string
    readonly meanDuration: string
    readonly agreement: string
    readonly noRest: string
    readonly noDuration: string
  }
  readonly metrics: {
    readonly title: string
    readonly metric: string
    readonly value: string
    readonly over: string
    readonly samples: string
    readonly overs: Names<'recording' | 'contractions'>
    readonly windows: string
    readonly mean: string
    readonly sd: string
    readonly least: string
    readonly most: string
    readonly variation: string
    readonly count: string
    /** By name; what is not listed keeps its own. */
    readonly names: Readonly<Record<string, string>>
  }
  readonly mvc: {
    readonly title: string
    readonly value: string
    readonly source: string
    readonly method: string
    readonly confidence: string
    readonly age: string
    readonly ageUnknown: string
    readonly days: (days: string) => string
    readonly passedOver: string
    readonly sources: Names<'manual' | 'recording-metadata' | 'patient-record' | 'calculated' | 'default'>
    readonly confidences: Names<'high' | 'moderate' | 'low'>
    readonly fromThis: string
    readonly unitBasis: Names<'declared' | 'assumed'>
  }
  readonly fatigue: {
    readonly title: string
    readonly notAsked: string
    readonly may: string
    readonly mayNot: string
    readonly falls: string
    readonly rises: string
    readonly steady: string
    readonly points: Names<'contractions' | 'windows' | 'recording'>
    readonly axis: string
    readonly figure: string
    readonly slope: string
    readonly perMinute: string
    readonly fit: string
    readonly chance: string
    readonly count: string
    readonly jasa: Names<'fatigue' | 'force increase' | 'force decrease' | 'recovery'>
    readonly jasaTitle: string
    readonly jasaUnsure: string
    readonly dimitrovRatio: string
    readonly label: (channel: string) => string
    readonly pointOf: string
    readonly line: string
    readonly lineInvalid: string
  }
  readonly pairs: {
    readonly symmetry: string
    readonly coContraction: string
    readonly noSymmetry: string
    readonly noCoContraction: string
    readonly muscle: string
    readonly left: string
    readonly right: string
    readonly robinson: string
    readonly limb: string
    readonly angle: string
    readonly ghostly: string
    readonly ofMvc: string
    readonly ofAmplitude: string
    readonly note: string
    readonly pair: string
    readonly side: string
    readonly falconerWinter: string
    readonly rudolph: string
    readonly byMvc: string
    readonly byPeak: string
    readonly missing: string
  }
  readonly scores: {
    readonly title: string
    readonly missing: string
    readonly overall: string
    readonly part: string
    readonly value: string
    readonly weight: string
    readonly acting: string
    readonly completeness: string
    readonly calculation: string
    readonly coverage: (percent: string) => string
    readonly states: Names<'measured' | 'partial' | 'missing'>
    readonly names: Names<
      | 'compliance'
      | 'symmetry'
      | 'effort'
      | 'game'
      | 'gate'
      | 'completion'
      | 'intensity'
      | 'duration'
      | 'score'
    >
    readonly muscle: string
    readonly side: (side: string) => string
    readonly chosen: Names<'session' | 'patient' | 'active' | 'default'>
    readonly configuration: (name: string, version: number, scoring: string) => string
    readonly noScore: string
    readonly absent: string
  }
  readonly provenance: {
    readonly title: string
    readonly order: string
    readonly item: string
    readonly task: string
    readonly muscles: string
    readonly placement: string
    readonly electrodes: string
    readonly instrumentation: string
    readonly sampling: string
    readonly inspection: string
    readonly processing: string
    readonly normalisation: string
    readonly outcome: string
    readonly software: string
    readonly inputs: string
    readonly fileHash: string
    readonly pluginsUsed: string
    readonly noInputs: string
    readonly targets: string
    readonly affected: string
    readonly assigned: string
    readonly label: string
    readonly anatomyUnknown: string
    readonly electrodeFacts: string
    readonly rates: (rate: string, declared: string, samples: string, seconds: string) => string
    readonly otherRate: (kind: string, rate: string, source: string) => string
    readonly used: (low: string, high: string) => string
    readonly noBand: string
    readonly thresholds: string
    readonly levels: Names<'onset' | 'boundary'>
    readonly spectra: (samples: string, resolution: string) => string
    readonly editsTitle: string
    readonly edits: (count: number) => string
    readonly check: string
    readonly detectorOption: string
    readonly parameters: Names<(typeof PARAMETERS)[number]>
    readonly values: Names<'true' | 'false' | 'null' | 'filter'>
    readonly samples: string
    readonly checks: Readonly<Record<string, string>>
    readonly fileSays: string
    readonly settings: string
  }
}
