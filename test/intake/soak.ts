/**
 * Uploads by many at once into a server that is killed with SIGKILL again and again: whatever was acknowledged is one
 * recording with one session, analysed once. Run by itself: `bun test/intake/soak.ts --uploads 1000 --kill-every 5`;
 * the suite runs a few uploads of it.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS, type Target } from '../support/targets.ts'

export interface SoakOptions {
  readonly target: Target
  readonly uploads: number
  readonly killEveryMs: number
  /** How often it is killed at most; absent: until all is done. */
  readonly mostKills?: number
  /** How many upload at once. */
  readonly concurrency?: number
}

export interface SoakReport {
  readonly uploads: number
  readonly kills: number
  /** Acknowledged uploads; those of bytes that were there count too. */
  readonly acknowledged: number
  /** Corrupt uploads, all refused. */
  readonly refused: number
  /** Requests that a kill has cost, each made again. */
  readonly repeated: number
  readonly recordings: number
  readonly sessions: Readonly<Record<string, number>>
  readonly seconds: number
  /** Sentences about what is not as it was promised; none when all is well. */
  readonly faults: readonly string[]
}

const PATIENTS = 20
const CORRUPT_EVERY = 20
const DUPLICATE_EVERY = 5

interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly patientCode: string
  readonly corrupt: boolean
}

interface Acknowledged {
  readonly sha256: string
  readonly recordingId: string
  readonly sessionId: string
  readonly patientCode: string
}

/** Of a hundred, five are corrupt, and twenty are the same as one before. */
function makeUploads(count: number): Upload[] {
  const [sample] = sampleRecordings()
  if (!sample) throw new Error('there is no sample recording')
  const sound: Upload[] = []
  return Array.from({ length: count }, (_, i) => {
    const twin = sound[(i * 7919) % Math.max(1, sound.length)]
    if (i % DUPLICATE_EVERY === DUPLICATE_EVERY - 1 && twin) return twin
    const bytes = Uint8Array.from(sample.bytes())
    new DataView(bytes.buffer).setUint32(bytes.length - 4, i, true)
    const patientCode = `P${String(1 + (i % PATIENTS)).padStart(3, '0')}`
    if (i % CORRUPT_EVERY === 1) {
      const torn = i % (2 * CORRUPT_EVERY) === 1 ? bytes.slice(0, 300) : bytes.fill(0xff, 0, 512)
      return { bytes: torn, patientCode, corrupt: true }
    }
    const upload = { bytes, patientCode, corrupt: false }
    sound.push(upload)
    return upload
  })
}

const hashOf = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

async function everyPage<T>(url: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const page = (await (await fetch(`${url}${next}`)).json()) as Page<T>
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

interface Recording {
  readonly id: string
  readonly sha256: string
}
interface Session {
  readonly id: string
  readonly recordingId: string | null
  readonly patientCode: string
  readonly status: string
  readonly failure: { readonly code: string } | null
}

/** Holds what the server has against what it has acknowledged. */
async function examine(
  url: string,
  uploads: readonly Upload[],
  acknowledged: readonly Acknowledged[],
): Promise<{ recordings: readonly Recording[]; sessions: readonly Session[]; faults: string[] }> {
  const recordings = await everyPage<Recording>(`${url}/api/recordings?limit=200`)
  const sessions = await everyPage<Session>(`${url}/api/sessions?limit=200`)
  const byHash = Map.groupBy(recordings, ({ sha256 }) => sha256)
  const byRecording = Map.groupBy(sessions, ({ recordingId }) => recordingId)
  const faults: string[] = []
  const expected = new Set(uploads.filter(({ corrupt }) => !corrupt).map(({ bytes }) => hashOf(bytes)))
  if (recordings.length !== expected.size) {
    faults.push(`${recordings.length} recordings of ${expected.size} different uploads`)
  }
  for (const { sha256, recordingId, sessionId, patientCode } of acknowledged) {
    const found = byHash.get(sha256) ?? []
    const own = byRecording.get(recordingId) ?? []
    if (found.length !== 1 || found[0]?.id !== recordingId)
      faults.push(`${sha256} is ${found.length} recordings`)
    if (own.length !== 1 || own[0]?.id !== sessionId) faults.push(`${recordingId} has ${own.length} sessions`)
    const [session] = own
    if (session && session.patientCode !== patientCode) faults.push(`${sessionId} is of another patient`)
    const isEnded =
      session?.status === 'completed' || (session?.status === 'failed' && session.failure !== null)
    if (!isEnded) faults.push(`${sessionId} is ${session?.status}`)
  }
  for (const { id } of sessions.filter(({ status }) => status === 'completed')) {
    const kept = await everyPage<object>(`${url}/api/sessions/${id}/analyses?limit=200`)
    if (kept.length !== 1) faults.push(`${id} has ${kept.length} analyses`)
  }
  return { recordings, sessions, faults }
}

/** @param url where the server is now, which may be killed while it is asked */
async function untilAllEnded(url: () => string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const open = await Promise.all(
      ['pending', 'processing'].map((status) =>
        everyPage(`${url()}/api/sessions?limit=200&status=${status}`),
      ),
    ).catch(() => undefined)
    if (open?.every(({ length }) => length === 0)) return
    await Bun.sleep(200)
  }
}

/** Files that are neither blobs of a recording nor anything else that belongs there. */
async function leftOvers(data: string, recordings: readonly Recording[]): Promise<string[]> {
  const blobs = await readdir(join(data, 'recordings'), { recursive: true, withFileTypes: true })
  const known = new Set(recordings.map(({ sha256 }) => sha256))
  const orphans = blobs.filter((entry) => entry.isFile() && !known.has(entry.name))
  const half = (await readdir(join(data, 'tmp'))).filter((name) => name.startsWith('upload-'))
  return [
    ...orphans.map(({ name }) => `the blob ${name} belongs to no recording`),
    ...half.map((name) => `${name} is left in tmp`),
  ]
}

export async function soak({
  target,
  uploads: count,
  killEveryMs,
  mostKills = Number.POSITIVE_INFINITY,
  concurrency = 10,
}: SoakOptions): Promise<SoakReport> {
  await using folder = await temporaryFolder('myoserve-soak-')
  const data = join(folder.path, 'data')
  const start = (): Promise<TestServer> => startTestServer(target, { data })
  const begun = performance.now()
  const uploads = makeUploads(count)
  const acknowledged: Acknowledged[] = []
  let [kills, refused, repeated, next] = [0, 0, 0, 0]
  let server = await start()
  for (let i = 1; i <= PATIENTS; i++) {
    await fetch(`${server.url}/api/patients`, {
      method: 'POST',
      body: JSON.stringify({ code: `P${String(i).padStart(3, '0')}` }),
      headers: { 'content-type': 'application/json' },
    })
  }

  /** @returns whether the server has said anything that counts */
  async function send({ bytes, patientCode, corrupt }: Upload): Promise<boolean> {
    const answer = await fetch(`${server.url}/api/patients/${patientCode}/recordings?fileName=soak.c3d`, {
      method: 'POST',
      body: bytes,
    }).catch(() => undefined)
    if (!answer || answer.status >= 500) return false
    const body = (await answer.json().catch(() => undefined)) as
      | { recording?: { id: string }; session?: { id: string } }
      | undefined
    if (!body) return false
    if (corrupt && answer.status === 422) {
      refused++
      return true
    }
    if (!answer.ok || !body.recording || !body.session) {
      throw new Error(`an upload is answered by ${answer.status} ${JSON.stringify(body)}`)
    }
    const [recordingId, sessionId] = [body.recording.id, body.session.id]
    acknowledged.push({ sha256: hashOf(bytes), recordingId, sessionId, patientCode })
    return true
  }

  async function sender(): Promise<void> {
    for (let upload = uploads[next++]; upload; upload = uploads[next++]) {
      while (!(await send(upload))) {
        repeated++
        await Bun.sleep(100)
      }
    }
  }

  const ended = Promise.withResolvers<void>()
  async function killer(): Promise<void> {
    while (kills < mostKills) {
      const isOver = await Promise.race([
        ended.promise.then(() => true),
        Bun.sleep(killEveryMs).then(() => false),
      ])
      if (isOver) return
      await server.kill('SIGKILL')
      kills++
      server = await start()
    }
  }

  const killing = killer()
  const sending = Promise.all(Array.from({ length: concurrency }, sender))
  await sending.then(() => untilAllEnded(() => server.url, 300_000)).finally(ended.resolve)
  await killing
  const { recordings, sessions, faults } = await examine(server.url, uploads, acknowledged)
  const corrupt = uploads.filter((upload) => upload.corrupt).length
  if (refused !== corrupt) faults.push(`${refused} of ${corrupt} corrupt uploads were refused`)
  await server.kill()
  faults.push(...(await leftOvers(data, recordings)))
  return {
    uploads: count,
    kills,
    acknowledged: acknowledged.length,
    refused,
    repeated,
    recordings: recordings.length,
    sessions: Object.fromEntries(
      Map.groupBy(sessions, ({ status }) => status)
        .entries()
        .map(([status, some]) => [status, some.length]),
    ),
    seconds: Math.round((performance.now() - begun) / 1000),
    faults,
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      uploads: { type: 'string', default: '1000' },
      'kill-every': { type: 'string', default: '5' },
      target: { type: 'string', default: 'source' },
    },
  })
  const target = TARGETS.find(({ name }) => name === values.target)
  if (!target) throw new Error(`there is no target ${values.target}`)
  const report = await soak({
    target,
    uploads: Number(values.uploads),
    killEveryMs: 1000 * Number(values['kill-every']),
  })
  console.log(report)
  process.exitCode = report.faults.length === 0 ? 0 : 1
}
