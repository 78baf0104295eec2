/** What every side of the cache benchmark is given: the same keys, values and order of reads. */
import * as v from 'valibot'
import { namespace } from '../../src/cache/namespace.ts'

/** A small JSON value, about 200 bytes: what a session list or a look-up of a session holds. */
export const Session = v.object({
  sessionId: v.string(),
  patientCode: v.string(),
  startedAt: v.string(),
  muscles: v.array(v.string()),
  repetitions: v.number(),
  painAfter: v.nullable(v.number()),
})
export type Session = v.InferOutput<typeof Session>

/** Tags of an entry, in the three forms that they have in the product: of a patient, of a session, of all. */
export const TAGS = [
  'patient.updated:{sessionId}',
  'session.updated:{sessionId}',
  'settings.changed',
] as const

/** A value of a kilobyte and a half: what the contractions of a session take. */
export const Report = v.object({
  sessionId: v.string(),
  contractions: v.array(
    v.object({ startMs: v.number(), endMs: v.number(), maxAmplitude: v.number(), isGood: v.boolean() }),
  ),
})
export type Report = v.InferOutput<typeof Report>

/** A value of twenty kilobytes: what an analysis of a recording takes. */
export const Analysis = v.object({
  sessionId: v.string(),
  channels: v.array(
    v.object({
      label: v.string(),
      contractions: v.array(
        v.object({ startMs: v.number(), endMs: v.number(), maxAmplitude: v.number(), isGood: v.boolean() }),
      ),
      medianFrequency: v.array(v.number()),
    }),
  ),
})
export type Analysis = v.InferOutput<typeof Analysis>

const common = { ttl: '2h', schema: Session } as const

export const NAMESPACES = {
  plain: namespace({ key: 'session:{sessionId}:metadata', ...common }),
  report: namespace({ key: 'session:{sessionId}:contractions', ttl: '2h', schema: Report }),
  analysis: namespace({ key: 'session:{sessionId}:emg_analysis', ttl: '2h', schema: Analysis }),
  tagged: namespace({ key: 'session:{sessionId}:tagged', tags: TAGS, ...common }),
}

/** The key and tags that are written by hand where a cache has no patterns. */
export const plainKey = (id: string): string => `session:${id}:metadata`
export const taggedKey = (id: string): string => `session:${id}:tagged`
export const tagsOf = (id: string): string[] => [
  `patient.updated:${id}`,
  `session.updated:${id}`,
  'settings.changed',
]

export function sessionIds(count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) => `0198c2de-7b1a-7000-8000-${i.toString(16).padStart(12, '0')}`,
  )
}

/** The value of a key, the same for all sides: what their loaders answer. */
export function sessionOf(id: string): Session {
  const n = Number.parseInt(id.slice(-12), 16)
  return {
    sessionId: id,
    patientCode: `P${String(n % 40).padStart(3, '0')}`,
    startedAt: new Date(1_735_689_600_000 + n * 60_000).toISOString(),
    muscles: ['Biceps brachii', 'Triceps brachii'],
    repetitions: n % 30,
    painAfter: n % 3 === 0 ? null : n % 10,
  }
}

/** The report of a key, the same for all sides. */
export function reportOf(id: string): Report {
  const n = Number.parseInt(id.slice(-12), 16)
  return {
    sessionId: id,
    contractions: Array.from({ length: 18 }, (_, i) => ({
      startMs: 1000 + i * 4000 + (n % 97) / 7,
      endMs: 3000 + i * 4000 + (n % 89) / 7,
      maxAmplitude: (100 + ((n + i) % 50)) / 1e6,
      isGood: (n + i) % 3 > 0,
    })),
  }
}

/** The analysis of a key, the same for all sides; its numbers are as long as computed ones are. */
export function analysisOf(id: string): Analysis {
  const n = Number.parseInt(id.slice(-12), 16)
  const uniform = randomFrom(n)
  return {
    sessionId: id,
    channels: ['Biceps brachii', 'Triceps brachii', 'Deltoideus', 'Trapezius'].map((label) => ({
      label,
      contractions: Array.from({ length: 24 }, (_, i) => ({
        startMs: 1000 + i * 3000 + uniform() * 200,
        endMs: 2500 + i * 3000 + uniform() * 200,
        maxAmplitude: uniform() / 1e4,
        isGood: uniform() > 0.3,
      })),
      medianFrequency: Array.from({ length: 120 }, () => 60 + uniform() * 40),
    })),
  }
}

/** Uniform numbers in [0, 1) from a seed: Steele, Lea & Flood 2014, SplitMix32 as published by Bryc. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let t = state ^ (state >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return ((t ^ (t >>> 15)) >>> 0) / 2 ** 32
  }
}

/** Picks places by Zipf's law: the k-th is asked for in proportion to 1 / k. */
export function createZipf(count: number, random: () => number): () => number {
  const upTo = new Float64Array(count)
  let sum = 0
  for (let k = 0; k < count; k++) upTo[k] = sum += 1 / (k + 1)
  return () => {
    const at = random() * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] as number) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
