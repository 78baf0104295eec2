/** A server whose every place can be searched: all tables of its database, Redis, its folder, what it has logged. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { DEFAULT_RULES } from '../../plugins/performance-scoring/index.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases } from '../support/database.ts'
import type { JsonAnswer } from '../support/records-server.ts'
import { startTestRedis, type TestRedis, until } from '../support/redis.ts'
import { REDIS_SERVER } from '../support/redis-server.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import type { Target } from '../support/targets.ts'

export interface World {
  readonly sql: DatabaseConnection['sql']
  readonly redis: TestRedis | null
  /** The data folder. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  server(): TestServer
  /** Asks in JSON. */
  send<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<JsonAnswer<T>>
  /** Uploads a recording of bytes that no other has. */
  upload(): Promise<{ readonly id: string; readonly sha256: string }>
  /** Runs a command on the same data. */
  cli(...args: readonly string[]): ReturnType<typeof runCli>
  start(env?: Readonly<Record<string, string>>): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
  close(): Promise<void>
}

let variant = 0

/** A synthesised recording with other bytes each time. */
export function recordingBytes(): Uint8Array {
  const bytes = Uint8Array.from(sampleRecordings()[0]?.bytes() ?? [])
  new DataView(bytes.buffer).setUint16(bytes.length - 8, ++variant, true)
  return bytes
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export async function createWorld(target: Target): Promise<World> {
  const databases = await startTestDatabases()
  const url = await databases.create()
  const data = await temporaryFolder()
  const redis = REDIS_SERVER ? await startTestRedis() : null
  const database = connectDatabase({ url })
  const env = { DATABASE_URL: url, ...(redis && { REDIS_URL: redis.url }) }
  let server: TestServer | undefined
  const running = (): TestServer => {
    if (!server) throw new Error('no server is running')
    return server
  }
  const world: World = {
    sql: database.sql,
    redis,
    folder: data.path,
    env,
    server: running,
    async send(method, path, body, headers = {}) {
      const answer = await fetch(`${running().url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = /json/.test(answer.headers.get('content-type') ?? '')
      return {
        status: answer.status,
        headers: answer.headers,
        body: isJson && text !== '' ? JSON.parse(text) : text,
      } as never
    },
    async upload() {
      const bytes = recordingBytes()
      const answer = await fetch(`${running().url}/api/recordings`, { method: 'POST', body: bytes })
      return { id: ((await answer.json()) as { id: string }).id, sha256: sha256Of(bytes) }
    },
    cli: (...args) => runCli(target, [...args, '--data', data.path], { env }),
    async start(more = {}) {
      server = await startTestServer(target, { data: data.path, env: { ...env, ...more } })
    },
    async stop(signal) {
      await server?.kill(signal)
      server = undefined
    },
    async close() {
      await world.stop()
      await database.close()
      await redis?.stop()
      await data[Symbol.asyncDispose]()
      await databases.stop()
    },
  }
  return world
}

/** Every table with rows that hold one of some texts anywhere, and how many. */
export async function tablesWith(
  sql: World['sql'],
  needles: readonly string[],
): Promise<Record<string, number>> {
  const tables = await sql<Array<{ schema: string; name: string }>>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      -- What is in a partition is found there.
      and not exists (select from pg_partitioned_table p where p.partrelid = format('%I.%I', table_schema, table_name)::regclass)
    order by 1, 2`
  const found: Record<string, number> = {}
  for (const { schema, name } of tables) {
    const [row] = await sql<[{ count: number }]>`
      select count(*)::int as count from ${sql(schema)}.${sql(name)} as t
      where exists (select from unnest(${[...needles]}::text[]) needle where strpos(t::text, needle) > 0)`
    if (row.count > 0) found[`${schema}.${name}`] = row.count
  }
  return found
}

/** The files of the data folder that hold one of some texts, in their name or in their bytes. */
export async function filesWith(folder: string, needles: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const content = entry.isFile() ? await readFile(path, 'latin1').catch(() => '') : ''
    if (needles.some((needle) => entry.name.includes(needle) || content.includes(needle))) found.push(path)
  }
  return found
}

/** Keys of Redis, and what is under them as it stands there. */
export async function redisContent(redis: TestRedis): Promise<Map<string, string>> {
  const keys = (await redis.command('KEYS', '*')) as string[]
  return new Map(
    await Promise.all(keys.map(async (key) => [key, String(await redis.command('DUMP', key))] as const)),
  )
}

/** A patient with something in every place that keeps anything of patients. */
export async function fill(world: World, code: string) {
  const { sql } = world
  const send: World['send'] = async (method, path, ...rest) => {
    const answer = await world.send(method, path, ...rest)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer as never
  }
  const made = await send<{ id: string }>('POST', '/api/patients', {
    code,
    therapist: 'anna',
    targets: [{ muscle: 'vastus lateralis', side: 'left', contractions: 12 }],
  })
  const identity = {
    name: `Zaphod Marked-${code}`,
    dateOfBirth: '1967-03-08',
    recordNumber: `KH-${code}-4711`,
    phone: `+49 30 4711 ${code}`,
    email: `zaphod.${code.toLowerCase()}@marked.example`,
    address: `Marked Lane 42 ${code}`,
  }
  await send('PUT', `/api/patients/${code}/identity`, identity)
  const recording = await world.upload()
  const calibration = await world.upload()
  const session = await send<{ id: string }>('POST', '/api/sessions', {
    patientCode: code,
    startedAt: '2026-03-01T09:00:00Z',
    recordingId: recording.id,
    rpe: 4,
    settings: { level: `of ${code}` },
  })
  const sessionId = session.body.id
  await until(
    async () =>
      (await send<{ status: string }>('GET', `/api/sessions/${sessionId}`)).body.status === 'completed',
    20_000,
    'the analysis',
  )
  await send('POST', `/api/patients/${code}/notes`, { text: `A marked note of ${code}`, sessionId })
  await send('POST', `/api/patients/${code}/mvc`, {
    muscle: 'vastus lateralis',
    side: 'left',
    value: 0.5,
    unit: 'mV',
  })
  await sql`
    insert into mvc_cascade.mvc_records (id, patient_id, muscle, side, value, unit_basis, source, method, recording_id,
      channel_index, channel_name, trials, flags, recorded_at, valid_from)
    values (${Bun.randomUUIDv7()}, ${made.body.id}, 'vastus lateralis', 'left', 0.0004, 'declared', 'calibration', 'm',
      ${calibration.id}, 0, 'VL', '[]', '{}', now(), now())`
  await send('POST', `/api/sessions/${sessionId}/score`)
  const configuration = await send<{ id: string }>('POST', '/api/scoring/configurations', {
    name: `configuration for ${sessionId.slice(-4)}`,
    rules: DEFAULT_RULES,
  })
  const configurationId = configuration.body.id
  await send('PUT', `/api/scoring/assignments/patients/${code}`, { configurationId })
  await send('PUT', `/api/scoring/assignments/sessions/${sessionId}`, { configurationId })
  await send('POST', `/api/recordings/${recording.id}/edits`, {
    edit: { kind: 'add', channel: 0, startMs: 500, endMs: 1000 },
    reason: `a marked edit of ${code}`,
  })
  await send('POST', '/api/system/channel-profiles', {
    name: `profile of ${code}`,
    patientCode: code,
    channels: [{ channel: '#0', muscle: 'vastus lateralis', side: 'left' }],
  })
  await send('GET', `/api/sessions/${sessionId}/export?format=csv&table=contractions`)
  await send('GET', `/api/sessions/${sessionId}/analysis`)
  await send('GET', `/api/patients/${code}/trends`)
  const deliveryId = Bun.randomUUIDv7()
  await sql`
    insert into webhooks.deliveries (id, url, object, path, patient_code, status, recording_id, session_id, finished_at)
    values (${deliveryId}, 'https://storage.example/x', 'https://storage.example/x', ${`${code}/x.c3d`}, ${code},
      'completed', ${recording.id}, ${sessionId}, now())`
  const { body: patient } = await send<{ version: number }>('GET', `/api/patients/${code}`)
  return {
    code,
    identity,
    version: patient.version,
    sessionId,
    recording,
    calibration,
    deliveryId,
    ids: [
      made.body.id,
      sessionId,
      recording.id,
      calibration.id,
      recording.sha256,
      calibration.sha256,
      deliveryId,
    ],
  }
}
