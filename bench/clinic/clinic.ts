/** The clinic: patients, their sessions and recordings, and all that is changed in the course of a day. */
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { writeC3d } from '../../src/c3d/index.ts'
import { SYSTEM } from '../../src/identity/identity.ts'
import type { Services } from './house.ts'

export interface Patient {
  readonly id: string
  readonly code: string
}

export interface Session {
  readonly id: string
  readonly recordingId: string
  readonly patient: Patient
}

/** What was entered last: every read has to show it, whatever any cache holds. */
export interface Facts {
  /** Of each session, as it was rated. */
  readonly rpe: Map<string, number | null>
  /** In V, by patient and side. */
  readonly mvc: Map<string, number>
}

export const factOf = ({ code }: Patient, side: string): string => `${code} ${side}`

const RATE = { pointRate: 50, samplesPerFrame: 20 }

/** Knee extensions of both legs; the same bytes for the same seed. */
function recordingBytes(seed: number, seconds: number): Uint8Array {
  const channels = [
    { label: 'R VL', description: 'Right vastus lateralis', rms: 120e-6 },
    { label: 'L VL', description: 'Left vastus lateralis', rms: 80e-6 },
  ]
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    ...RATE,
    points: [],
    events: [],
    analogs: channels.map(({ label, description, rms }, i) => ({
      label,
      description,
      unit: 'V',
      samples: synthesiseEmg({
        seed: 2 * seed + i,
        rate: RATE.pointRate * RATE.samplesPerFrame,
        durationS: seconds,
        baselineRms: 4e-6,
        bursts: Array.from({ length: Math.floor((seconds - 2) / 5) }, (_, k) => ({
          startMs: 1500 + k * 5000,
          endMs: 3500 + k * 5000,
          rms,
        })),
      }).samples,
    })),
    parameters: [],
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

export const createPatients = ({ records }: Services, count: number): Promise<Patient[]> =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      records.patients.create({
        code: `P${String(i + 1).padStart(3, '0')}`,
        treatmentStart: new Date('2026-01-01T00:00:00Z'),
      }),
    ),
  )

/** A visit: its recording is uploaded, its session entered, its score taken. */
export async function upload(
  { recordings, records, scoring }: Services,
  patient: Patient,
  facts: Facts,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<Session> {
  const { row } = await recordings.store.add({
    bytes: once(recordingBytes(seed, seconds)),
    fileName: `visit-${seed}.c3d`,
    by: SYSTEM,
  })
  const session = await records.sessions.create({
    patientId: patient.id,
    recordingId: row.id,
    startedAt: new Date(Date.UTC(2026, 5, 1) + seed * 3_600_000),
    rpe: null,
    bfr: null,
    game: null,
  })
  facts.rpe.set(session.id, null)
  await scoring.scoreSession(session)
  return { id: session.id, recordingId: row.id, patient }
}

/** An MVC value in V, entered by hand. */
export async function enterMvc(
  { mvc }: Services,
  patient: Patient,
  facts: Facts,
  { side, value, entry }: { readonly side: 'left' | 'right'; readonly value: number; readonly entry: number },
): Promise<void> {
  await mvc.append(patient, [
    {
      muscle: 'vastus lateralis',
      side,
      value,
      unitBasis: 'declared',
      source: 'manual',
      method: 'entered',
      recordingId: null,
      channel: null,
      trials: null,
      spreadPercent: null,
      flags: [],
      recordedBy: null,
      // Before all sessions, and after the entries before it: it holds for all.
      validFrom: new Date(Date.UTC(2026, 1, 1) + entry * 60_000),
      validUntil: null,
    },
  ])
  facts.mvc.set(factOf(patient, side), value)
}

/** The patient says how hard it was. */
export async function rate(
  { records, scoring }: Services,
  { id }: Session,
  facts: Facts,
  rpe: number,
): Promise<void> {
  const session = await records.sessions.update(id, { rpe })
  facts.rpe.set(id, rpe)
  if (session) await scoring.scoreSession(session)
}

/** A therapist marks a contraction that was not found. */
export async function editContractions(
  { analyzer }: Services,
  session: Session,
  atMs: number,
): Promise<void> {
  await analyzer.edits.add(session.recordingId, {
    edit: { kind: 'add', channel: 0, startMs: atMs, endMs: atMs + 300 },
    reason: null,
    author: null,
  })
}

/** A therapist sets what a muscle is to reach. */
export async function setTargets(
  { records }: Services,
  { code }: Patient,
  mvcPercent: number,
): Promise<void> {
  const muscle = 'vastus lateralis'
  const target = { muscle, contractions: 12, durationMs: 1500, mvcPercent }
  await records.patients.update(code, {
    targets: (['left', 'right'] as const).map((side) => ({ ...target, side })),
  })
}
