/** A clinic that the tests of the page walk about in: users, patients, sessions over weeks. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFirstAdmin } from '../support/first-admin.ts'
import type { TestServer } from '../support/server.ts'
import { legRecording } from './recordings.ts'

export const PASSWORD = 'a horse that counts its contractions'
export const THERAPIST = 'a.dubois'

/** What is in the clinic, for the addresses of views. */
export interface Clinic {
  /** Cookie of the administrator, `name=value`. */
  readonly admin: string
  /** Cookie of the {@link THERAPIST}, who signs in with {@link PASSWORD} too. */
  readonly therapist: string
  /** With four sessions over four weeks, MVC values, targets and notes. */
  readonly patient: string
  /** Behind the protocol, with one session that has failed. */
  readonly behind: string
  /** Without anything. */
  readonly newcomer: string
  /** Analysed and scored, the latest of {@link patient}. */
  readonly session: string
  /** Another one of the same patient. */
  readonly earlier: string
  readonly failed: string
  /** In no session. */
  readonly recording: string
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
}

const DAY_MS = 86_400_000
const MUSCLE = 'vastus lateralis'
const PATIENCE_MS = 60_000

const daysAgo = (days: number): string =>
  new Date(Date.now() - days * DAY_MS - 3_600_000).toISOString().replace(/\.\d+/, '')

interface Visit {
  readonly days: number
  readonly rms: number
  readonly rpe: number
  readonly points: number
}
const VISITS: readonly Visit[] = [
  { days: 24, rms: 70e-6, rpe: 8, points: 410 },
  { days: 16, rms: 90e-6, rpe: 7, points: 520 },
  { days: 8, rms: 105e-6, rpe: 5, points: 660 },
  { days: 0, rms: 120e-6, rpe: 5, points: 780 },
]

/** A client of one user, by the cookie of a login session. */
export function clientOf(url: string, cookie: string) {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const isFile = body instanceof Uint8Array
    const answer = await fetch(url + path, {
      method,
      headers: {
        cookie,
        origin: url,
        ...(body !== undefined && {
          'content-type': isFile ? 'application/octet-stream' : 'application/json',
        }),
      },
      ...(body !== undefined && { body: isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}

type Ask = Clinic['ask']

/** Makes a user who may sign in with {@link PASSWORD}. @returns the cookie of a first login session */
export async function addUser(
  url: string,
  ask: Ask,
  name: string,
  displayName: string,
  role: string,
): Promise<string> {
  const { link } = await ask<{ link: { path: string } }>('POST', '/api/users', {
    name,
    displayName,
    roles: [role],
  })
  const made = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: link.path.split('=')[1], password: PASSWORD }),
  })
  if (!made.ok) throw new Error(`no user ${name}: ${made.status} ${await made.text()}`)
  return (made.headers.get('set-cookie') ?? '').split(';')[0] as string
}

const targets = (['left', 'right'] as const).map((side) => ({
  muscle: MUSCLE,
  side,
  contractions: 6,
  durationMs: 1500,
  mvcPercent: 60,
}))

async function addVisit(ask: Ask, patient: string, seed: number, visit: Visit): Promise<string> {
  const query = new URLSearchParams({
    fileName: `${patient}-visit-${seed}.c3d`,
    startedAt: daysAgo(visit.days),
  })
  const bytes = legRecording(seed, 19_800, visit.rms)
  const { session } = await ask<{ session: { id: string } }>(
    'POST',
    `/api/patients/${patient}/recordings?${query}`,
    bytes,
  )
  await ask('PATCH', `/api/sessions/${session.id}`, {
    rpe: visit.rpe,
    bfr: { left: 50, right: 49 },
    game: { points: visit.points, max: 1000 },
  })
  return session.id
}

/** A session whose recording is not where it was stored: its analysis fails for good after some seconds. */
async function addFailure(ask: Ask, patient: string, data: string): Promise<string> {
  const recording = await ask<{ id: string; sha256: string }>(
    'POST',
    '/api/recordings?fileName=lost.c3d',
    legRecording(90, 9900),
  )
  await rm(join(data, 'recordings', recording.sha256.slice(0, 2), recording.sha256))
  const startedAt = daysAgo(5)
  const body = { patientCode: patient, recordingId: recording.id, startedAt }
  return (await ask<{ id: string }>('POST', '/api/sessions', body)).id
}

/** Waits until the analysis of a session has ended. @returns how */
export async function ended(ask: Ask, session: string): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await Bun.sleep(100)) {
    const { status } = await ask<{ status: string }>('GET', `/api/sessions/${session}`)
    if (status === 'completed' || status === 'failed') return status
  }
  throw new Error(`session ${session} is not analysed within ${PATIENCE_MS} ms`)
}

/**
 * Fills a server that has just started.
 *
 * @param data its data folder
 */
export async function fillClinic(server: TestServer, data: string): Promise<Clinic> {
  const { cookie: admin } = await makeFirstAdmin(server)
  const ask = clientOf(server.url, admin)
  const therapist = await addUser(server.url, ask, THERAPIST, 'Anna Dubois', 'therapist')
  const [patient, behind, newcomer] = ['P001', 'P002', 'P003']
  const treatmentStart = daysAgo(25).slice(0, 10)
  await ask('POST', '/api/patients', { code: patient, treatmentStart, therapist: THERAPIST, targets })
  await ask('POST', '/api/patients', {
    code: behind,
    treatmentStart: daysAgo(9).slice(0, 10),
    therapist: THERAPIST,
    targets,
  })
  await ask('POST', '/api/patients', { code: newcomer, therapist: THERAPIST })
  for (const [side, value] of [
    ['left', 150],
    ['right', 130],
  ])
    await ask('POST', `/api/patients/${patient}/mvc`, {
      muscle: MUSCLE,
      side,
      value,
      unit: 'uV',
      recordedBy: 'Anna Dubois',
      validFrom: daysAgo(25),
    })
  await ask('POST', `/api/patients/${patient}/notes`, { text: 'Genou gauche opéré; commence doucement.' })
  const failed = await addFailure(ask, behind, data)
  const alone = await ask<{ id: string }>(
    'POST',
    '/api/recordings?fileName=alone.c3d',
    legRecording(80, 9900),
  )
  const visits: string[] = []
  for (const [i, visit] of VISITS.entries()) visits.push(await addVisit(ask, patient, i + 1, visit))
  await ask('POST', `/api/patients/${patient}/notes`, { sessionId: visits[0], text: 'Première séance.' })
  for (const id of visits) {
    const how = await ended(ask, id)
    if (how !== 'completed') throw new Error(`the analysis of ${id} has ${how}`)
    await ask('POST', `/api/sessions/${id}/score`)
  }
  const [earlier = '', session = ''] = visits.slice(-2)
  await ended(ask, failed)
  return { admin, therapist, patient, behind, newcomer, session, earlier, failed, recording: alone.id, ask }
}
