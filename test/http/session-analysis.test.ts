/** A session with a recording is analysed without being asked for, and says how that went. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Session {
  readonly id: string
  readonly status: string
  readonly failure: { readonly code: string; readonly reason: string } | null
}
interface Kept {
  readonly id: string
  readonly inputs: string
  readonly result?: { readonly channels: readonly object[]; readonly scores: object }
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  let variant = 0
  beforeAll(async () => {
    running = await startRecordsServer(target)
    await running.send('POST', '/api/patients', { code: 'P001' })
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
  })

  /** Another recording each time. */
  function upload(): Promise<string> {
    const bytes = Uint8Array.from(sampleRecordings()[0]?.bytes() ?? [])
    bytes[bytes.length - 1] = ++variant
    return running.upload(bytes)
  }
  const enter = async (recordingId: string | null) =>
    (
      await running.send<Session>('POST', '/api/sessions', {
        patientCode: 'P001',
        startedAt: '2026-03-01T09:00:00Z',
        recordingId,
      })
    ).body
  const get = async (id: string) => (await running.send<Session>('GET', `/api/sessions/${id}`)).body
  const kept = async (id: string) =>
    (await running.send<{ items: Kept[] }>('GET', `/api/sessions/${id}/analyses`)).body.items

  async function ended(id: string): Promise<Session> {
    for (;;) {
      const session = await get(id)
      if (session.status === 'completed' || session.status === 'failed') return session
      await Bun.sleep(20)
    }
  }

  test('its analysis is made, and kept as it is answered', async () => {
    const { id, status } = await enter(await upload())
    expect(status).toBe('pending')
    expect(await ended(id)).toMatchObject({ status: 'completed', failure: null })
    const [only, ...others] = await kept(id)
    expect(others).toEqual([])
    const { body } = await running.send<Kept>('GET', `/api/sessions/${id}/analyses/${only?.id}`)
    const now = (await running.send<Record<string, unknown>>('GET', `/api/sessions/${id}/analysis`)).body
    const { recording: _, ...asAnswered } = now
    expect(body.result as object).toEqual(asAnswered)
    expect(body.result?.scores).toBeDefined()
  })

  test('another recording is analysed too, and both results are kept', async () => {
    const { id } = await enter(await upload())
    const first = await ended(id)
    await running.send('PATCH', `/api/sessions/${id}`, { recordingId: await upload() })
    expect(first.status).toBe('completed')
    expect(await ended(id)).toMatchObject({ status: 'completed' })
    expect(await kept(id)).toHaveLength(2)
  })

  test('asked for once more with the same inputs, nothing is kept twice', async () => {
    const { id } = await enter(await upload())
    await ended(id)
    const before = await kept(id)
    const { status, body, headers } = await running.send<{ jobId: string }>(
      'POST',
      `/api/sessions/${id}/analysis`,
    )
    expect([status, headers.get('location')]).toEqual([202, `/api/jobs/${body.jobId}`])
    for (;;) {
      const job = (await running.send<{ state: string }>('GET', `/api/jobs/${body.jobId}`)).body
      if (job.state === 'completed') break
      await Bun.sleep(20)
    }
    expect(await kept(id)).toEqual(before)
  })

  test('the jobs of a session are found by it, and those of others are not', async () => {
    const jobsOf = async (id: string) => {
      const path = `/api/jobs?plugin=session-analysis&name=analyse&sessionId=${id}`
      return (await running.send<{ items: { id: string }[] }>('GET', path)).body.items
    }
    const [one, other] = [await enter(await upload()), await enter(await upload())]
    await ended(one.id)
    await ended(other.id)
    const found = [await jobsOf(one.id), await jobsOf(other.id)]
    expect(found.map(({ length }) => length)).toEqual([1, 1])
    expect(found[0]?.[0]?.id).not.toBe(found[1]?.[0]?.id as string)
    expect(await jobsOf(one.id.toUpperCase())).toEqual(found[0] as [])
    expect((await running.send('GET', '/api/jobs?sessionId=x')).status).toBe(400)
  })

  test('a file that cannot be read any more fails by its code, and only its session', async () => {
    const recordingId = await upload()
    const [row] = await running.sql<[{ sha256: string }]>`
      select sha256 from c3d_reader.recordings where id = ${recordingId}`
    await Bun.write(running.blob(row.sha256), 'no recording any more')
    const { id } = await enter(recordingId)
    const { status, failure } = await ended(id)
    expect(status).toBe('failed')
    expect(failure?.code).toMatch(/^[A-Z0-9_]+$/)
    expect(failure?.reason).toMatch(/^\S.*\.$/)
    expect(await kept(id)).toEqual([])
    expect((await ended((await enter(await upload())).id)).status).toBe('completed')
  })

  test('a session without a recording waits, and none is analysed for it', async () => {
    const { id } = await enter(null)
    expect((await get(id)).status).toBe('pending')
    expect(await running.send('POST', `/api/sessions/${id}/analysis`)).toMatchObject({
      status: 404,
      body: { code: 'NO_RECORDING' },
    })
    expect((await running.send('GET', `/api/sessions/${id}/analyses/${id}`)).status).toBe(404)
  })
})
