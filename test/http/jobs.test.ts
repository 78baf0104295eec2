/** Jobs of a plugin from outside, as its clients and its operators see them, in a server that is killed on the way. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { type PluginsFolder, pluginsFolder, source } from '../plugin/folder.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const ECHO = source(
  'echo',
  `permissions: ['echo:run'], jobs: [work], on: [heard], needs: { recordings },
  setup: ({ jobs, db }) => ({ jobs, db }),
  routes: ({ jobs, db }) => [route({ method: 'post', path: '/api/plugins/echo', summary: 's', policy: 'echo:run',
    query: v.object({ mode: v.string() }), answers: { 200: { description: 'd', schema: v.object({ id: v.string() }) } },
    handle: ({ query: { mode } }) => db.transaction(async (tx) => ({ id: await jobs.enqueue(work, { mode }, { tx }) })),
  })],`,
  `import recordings, { recordingStored } from 'myoserve/plugins/c3d-reader'
import { job, JobFailure, on } from 'myoserve/sdk'
const heard = on(recordingStored, ({ sha256 }) => { if (sha256.length !== 64) throw new Error('no hash') })
const work = job({
  name: 'work', schema: v.object({ mode: v.string() }), retries: 0, concurrency: 4,
  async run({ input: { mode }, attempt, progress, signal }) {
    if (mode === 'fail') throw new JobFailure('ECHO_FAILED', 'secret P001')
    progress(50, 'half of it')
    if (mode === 'long' || (mode === 'once' && attempt === 1)) {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    await Bun.sleep(400)
  },
})`,
)

interface Job {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly attempts: number
  readonly errorCode: string | null
  readonly progress: { readonly percent: number; readonly note: string | null } | null
}

let databases: TestDatabases
beforeAll(async () => {
  databases = await startTestDatabases()
})
afterAll(() => databases.stop())

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  let server: TestServer
  let env: Record<string, string>
  const start = () => startTestServer(target, { data: `${folder.root}/data`, env, args: ['--samples'] })

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    env = { DATABASE_URL: await databases.create(), MYOSERVE_PLUGINS: folder.plugins }
    await folder.write('echo/index.ts', ECHO)
    expect((await folder.run('plugin', 'add', 'echo')).stderr).toBe('')
    server = await start()
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    await folder[Symbol.asyncDispose]()
  })

  async function ask<T = Job>(path: string, method = 'GET'): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${server.url}${path}`, { method })
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const enqueue = async (mode: string): Promise<string> =>
    (await ask(`/api/plugins/echo?mode=${mode}`, 'POST')).body.id

  /** What the stream of a job says, until it ends. */
  async function follow(id: string): Promise<Job[]> {
    const answer = await fetch(`${server.url}/api/jobs/${id}/events`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const text = await answer.text()
    return [...text.matchAll(/^event: job\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Job)
  }
  async function reach(id: string, state: string): Promise<Job> {
    for (let i = 0; i < 500; i++) {
      const { body } = await ask(`/api/jobs/${id}`)
      if (body.state === state) return body
      await Bun.sleep(20)
    }
    throw new Error(`job ${id} did not come to ${state}`)
  }

  test('a job is followed to its end', async () => {
    const seen = await follow(await enqueue('well'))
    expect(seen.map(({ progress }) => progress)).toContainEqual({ percent: 50, note: 'half of it' })
    expect(seen.at(-1)).toMatchObject({ state: 'completed', attempts: 1, errorCode: null })
  })

  test('one that was given up is found, says its code and nothing else, and can be tried again', async () => {
    const id = await enqueue('fail')
    await reach(id, 'failed')
    const { body } = await ask<{ items: Job[] }>('/api/jobs?plugin=echo&state=failed')
    expect(body.items).toMatchObject([{ id, name: 'work', errorCode: 'ECHO_FAILED' }])
    expect(JSON.stringify(body)).not.toMatch(/secret|P001|"mode"/)
    expect((await ask(`/api/jobs/${id}/retry`, 'POST')).status).toBe(200)
    expect((await follow(id)).at(-1)).toMatchObject({ state: 'failed', attempts: 2 })
    expect(await ask(`/api/jobs/${id}/cancel`, 'POST')).toMatchObject({
      status: 409,
      body: { code: 'JOB_ENDED' },
    })
  })

  test('one that runs is cancelled', async () => {
    const id = await enqueue('long')
    await reach(id, 'running')
    expect(await ask(`/api/jobs/${id}/cancel`, 'POST')).toMatchObject({
      status: 200,
      body: { state: 'cancelled' },
    })
    expect(await ask(`/api/jobs/${id}/retry`, 'POST')).toMatchObject({
      status: 409,
      body: { code: 'JOB_NOT_FAILED' },
    })
  })

  test('one that is not there is not found, by any route', async () => {
    const path = `/api/jobs/${crypto.randomUUID()}`
    const asked = [
      ask(path),
      ask(`${path}/events`),
      ask(`${path}/retry`, 'POST'),
      ask(`${path}/cancel`, 'POST'),
    ]
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'JOB_NOT_FOUND' } })
    }
  })

  test('the handler of an event has heard of each recording', async () => {
    const { body } = await ask<{ items: Job[] }>('/api/jobs?plugin=echo&name=on.recording.stored')
    expect(body.items.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed'])
  })

  test('lists come in pages, the latest first', async () => {
    type Page = { items: Job[]; nextCursor: string | null }
    const all = (await ask<Page>('/api/jobs?plugin=echo&limit=200')).body.items.map(({ id }) => id)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/jobs?plugin=echo&limit=2${cursor && `&cursor=${cursor}`}`
      const { body }: { body: Page } = await ask<Page>(path)
      paged.push(...body.items.map(({ id }) => id))
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all)
    expect(all).toEqual(all.toSorted().toReversed())
  })

  test('queues and metrics say what there is', async () => {
    const { body } = await ask<{ items: unknown[] }>('/api/jobs/queues')
    expect(body.items).toContainEqual({ plugin: 'echo', name: 'work', waiting: 0, running: 0, failed: 1 })
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('myoserve_job_queue_completed_total{plugin="echo",job="work"} 1')
    expect(metrics).toContain('myoserve_job_queue_failed_total{plugin="echo",job="work"} 2')
  })

  test('a server that is killed finds its job again, and runs it to its end', async () => {
    const id = await enqueue('once')
    await reach(id, 'running')
    await server.kill('SIGKILL')
    server = await start()
    expect((await follow(id)).at(-1)).toMatchObject({ state: 'completed', attempts: 2 })
  })
})
