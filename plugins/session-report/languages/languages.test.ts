import { describe, expect, test } from 'bun:test'
import { synthesiseEmg } from '../../c3d-reader/samples/index.ts'
import { analyzeAll, channelOf, recordingOf } from '../../emg-analyzer/analysis/fixtures.ts'
import { createRegistry, planAnalysis, type RecordingAnalysis } from '../../emg-analyzer/analysis/index.ts'
import { DEFAULT_RULES, score } from '../../performance-scoring/index.ts'
import { LANGUAGES, languageOf } from './index.ts'
import { PARAMETERS } from './texts.ts'

const registry = createRegistry()
const others = LANGUAGES.filter((code) => code !== 'en')

/** Every text of a table by its path; of a function, what it says of samples of its arguments. */
function* textsOf(table: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof table === 'string') yield [path, table]
  else if (typeof table === 'function') {
    for (const args of [
      ['1', '2', '3', '4'],
      [0, 0, 2],
      [1, 2, 3],
      [null, null, null],
    ]) {
      yield [`${path}(${args})`, String(table(...args))]
    }
  } else if (!Array.isArray(table)) {
    for (const [name, each] of Object.entries(table as object)) yield* textsOf(each, `${path}.${name}`)
  }
}

describe.each(others)('the table of %s', (code) => {
  const english = new Map(textsOf(languageOf('en').texts))
  const own = new Map(textsOf(languageOf(code).texts))

  test('has every text that the English one has, and no other', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [path, text] of own)
      expect([path, text.trim().length > 0 || path === '.colon']).toEqual([path, true])
  })

  test('leaves no sentence in English', () => {
    const untranslated = [...own].filter(
      ([path, text]) => text === english.get(path) && /\p{L}{3,} \p{L}/u.test(text),
    )
    expect(untranslated).toEqual([])
  })
})

describe.each(LANGUAGES)('%s names', (code) => {
  const { texts } = languageOf(code)
  test('every metric, check and parameter that comes with the analysis', () => {
    for (const { id } of registry.checks.list()) expect(Object.keys(texts.provenance.checks)).toContain(id)
    for (const preset of ['clinical', 'ghostly']) {
      const { parameters } = planAnalysis(registry, preset)
      for (const name of Object.keys(parameters.metrics))
        expect(Object.keys(texts.metrics.names)).toContain(name)
      const { metrics: _, detection, ...rest } = parameters
      const paths = (value: unknown, path: string): string[] =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.entries(value).flatMap(([name, each]) =>
              paths(each, path === '' ? name : `${path}.${name}`),
            )
          : [path]
      const { options: __, ...steps } = detection
      for (const path of [...paths(rest, ''), ...paths({ detection: steps }, '')])
        expect(PARAMETERS).toContain(path as never)
    }
  })
})

/** Every sentence in an analysis: reasons and messages, wherever they stand. */
function* sentencesOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) {
    if ((name === 'reason' || name === 'message') && typeof each === 'string' && each !== '') yield each
    else if (name === 'reasons' && Array.isArray(each) && typeof each[0] === 'string') yield* each as string[]
    else yield* sentencesOf(each)
  }
}

const emg = (changes: Partial<Parameters<typeof synthesiseEmg>[0]> = {}): Float64Array =>
  synthesiseEmg({
    seed: 1,
    rate: 1000,
    durationS: 12,
    baselineRms: 3e-6,
    bursts: [2, 5, 8].map((at) => ({ startMs: 1000 * at, endMs: 1000 * at + 1500, rms: 1e-4 })),
    ...changes,
  }).samples

/** Recordings with all that has to be explained. */
function difficult(): RecordingAnalysis[] {
  const dropouts = emg().fill(0, 4000, 4300)
  const clipped = emg().map((x) => Math.max(-1.5e-4, Math.min(1.5e-4, x)))
  const holed = emg()
  holed[500] = Number.NaN
  const hum = emg().map((x, i) => x + 4e-5 * Math.sin((2 * Math.PI * 50 * i) / 1000))
  const noisy = emg({ baselineRms: 4e-5 })
  const heart = emg({ heart: { perMinute: 72, amplitude: 5e-5 } } as never)
  const one = (samples: Float64Array, rest = {}) =>
    channelOf(samples, { label: 'EMG 1', name: 'EMG 1', ...rest })
  const signals = [
    dropouts,
    clipped,
    holed,
    hum,
    noisy,
    heart,
    emg({ bursts: [] }),
    new Float64Array(5000),
    new Float64Array(0),
    new Float64Array(5000).fill(Number.NaN),
    emg().subarray(0, 200),
    emg().subarray(1000, 2600),
    emg().map((x) => x * 1000),
    emg().map((x) => x * 1e-6),
  ]
  const plans = ['clinical', 'ghostly'].map((preset) => planAnalysis(registry, preset))
  const named = (muscle: string, side: 'left' | 'right', i: number) => ({
    channel: `#${i}`,
    emg: true,
    muscle,
    side,
  })
  const pairs = [emg(), emg({ seed: 2 }), new Float64Array(12_000)].map((samples, index) =>
    channelOf(samples, { index, label: `E${index}`, name: `E${index}` }),
  )
  const assignments = [
    named('rectus femoris', 'left', 0),
    named('rectus femoris', 'right', 2),
    named('biceps femoris', 'left', 1),
  ]
  return plans.flatMap((plan) => [
    ...signals.map((samples) => analyzeAll(recordingOf(one(samples)), plan, {})),
    ...[60, 300, 500].map((rate) => analyzeAll(recordingOf(one(emg(), { rate })), plan, {})),
    analyzeAll(recordingOf(one(emg(), { unit: null })), plan, {}),
    analyzeAll(
      recordingOf(
        one(emg()),
        channelOf(emg(), { index: 1, label: 'Fz1', name: 'Fz1', unit: 'N' }),
        channelOf(emg(), { index: 2, label: 'EMG 1 ACC X', name: 'EMG 1 ACC X' }),
        channelOf(emg(), { index: 3, label: '', name: '-4' }),
      ),
      plan,
      {},
    ),
    analyzeAll(recordingOf(channelOf(emg(), { label: 'Foot switch', name: 'Foot switch' })), plan, {}),
    analyzeAll(recordingOf(...pairs), plan, { assignments }),
  ])
}

describe.each(others)('%s says', (code) => {
  const language = languageOf(code)
  const isKnown = (sentence: string): boolean => !String(language.say(sentence)).includes('lang="en"')

  test('whatever the analysis has to explain', () => {
    const sentences = new Set(difficult().flatMap((analysis) => [...sentencesOf(analysis)]))
    expect(sentences.size).toBeGreaterThan(40)
    expect([...sentences].filter((sentence) => !isKnown(sentence))).toEqual([])
  })

  test('whatever a score has to explain', () => {
    const counts = {
      muscle: 'quadriceps',
      side: 'left' as const,
      total: 3,
      meetsMvc: 1,
      meetsDuration: 1,
      target: 12,
    }
    const input = { muscles: [counts], bfr: { left: null, right: null }, rpe: null, game: null }
    const muscles = [
      [],
      [counts],
      [{ ...counts, total: null, meetsMvc: null, meetsDuration: null }],
      [{ ...counts, total: 0, meetsMvc: null, meetsDuration: null, target: 0 }],
      [{ ...counts, meetsMvc: null, meetsDuration: null }],
      [
        { ...counts, mvcSource: 'calculated' as const },
        { ...counts, side: 'right' as const, mvcSource: 'default' as const },
      ],
      [
        { ...counts, total: 0, meetsMvc: null, meetsDuration: null },
        { ...counts, side: 'right' as const, total: 0, meetsMvc: null, meetsDuration: null },
      ],
    ]
    const configuration = {
      id: '01900000-0000-7000-8000-00000000000f',
      version: 1,
      name: 'x',
      rules: DEFAULT_RULES,
    }
    const scores = muscles.flatMap((some) => [
      score({ ...input, muscles: some }, configuration),
      score(
        { ...input, muscles: some, bfr: { left: 50, right: null }, game: { points: 0, max: 0 } },
        configuration,
      ),
    ])
    const sentences = new Set(scores.flatMap((each) => [...sentencesOf(each)]))
    expect(sentences.size).toBeGreaterThan(12)
    expect([...sentences].filter((sentence) => !isKnown(sentence))).toEqual([])
  })

  test('what it does not know in English, marked as such', () => {
    expect(String(language.say('A plugin <says> so.'))).toBe('<bdi lang="en">A plugin &lt;says&gt; so.</bdi>')
  })
})
