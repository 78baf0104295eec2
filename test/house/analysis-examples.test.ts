/** The examples of docs/analysis.md run: the request on the command line, the calls over HTTP on a server. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { RecordingAnalysisSchema } from '../../plugins/emg-analyzer/analysis/index.ts'
import { runCli, SOURCE } from '../support/cli.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { codeBlocks, read } from './pages/read.ts'

setDefaultTimeout(60_000)

const page = read('docs/analysis.md')
const [request = ''] = codeBlocks(page, 'json request')
const calls = codeBlocks(page, 'sh rest')

/** What a call of curl asks for. */
interface Call {
  readonly url: URL
  readonly init: RequestInit
}

/** Reads the few options of curl that the page uses. @throws {Error} on any other */
function readCurl(command: string, id: string): Call {
  const [name, ...words] = [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare = '']) => quoted ?? bare,
  )
  if (name !== 'curl') throw new Error(`${name} is not curl`)
  let body: string | undefined
  const headers: Record<string, string> = {}
  const urls: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '-d') body = words[++i]
    else if (word === '-H') {
      const [header = '', value = ''] = (words[++i] ?? '').split(': ')
      headers[header] = value
    } else if (word.startsWith('-')) throw new Error(`${word} is not read here`)
    else urls.push(word.replace('/ID/', `/${id}/`))
  }
  expect(urls).toHaveLength(1)
  const init = body === undefined ? { headers } : { method: 'POST', headers, body }
  return { url: new URL(urls[0] as string), init }
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: TestServer
beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startTestServer(SOURCE, { data: join(folder.path, 'data') })
})
afterAll(async () => {
  expect(await server.kill('SIGTERM')).toBe(0)
  await folder[Symbol.asyncDispose]()
})

async function upload(name: string): Promise<string> {
  const sample = sampleRecordings().find(({ fileName }) => fileName === name)
  const answer = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: sample?.bytes() })
  return ((await answer.json()) as { id: string }).id
}

/** Answers a call on the server of this test. */
async function send({ url, init }: Call): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}${url.pathname}${url.search}`, init)
  const body = (await answer.json()) as Record<string, unknown>
  expect([url.pathname, answer.status < 300, body.code]).toEqual([url.pathname, true, undefined])
  return body
}

describe('calls', () => {
  test('are there', () => {
    expect(calls.length).toBeGreaterThanOrEqual(5)
  })

  test.each(calls)('%s', async (command) => {
    const call = readCurl(command, await upload('knee-extension.c3d'))
    const body = await send(call)
    const asked = call.init.body === undefined ? {} : JSON.parse(call.init.body as string)
    if (call.url.pathname.endsWith('/analysis') && !call.url.pathname.startsWith('/api/system')) {
      // What is asked for is what the answer says was used.
      expect(body).toMatchObject(asked)
      v.parse(RecordingAnalysisSchema, body)
    } else expect(body).toMatchObject(asked)
  })

  test('an edit of the page is applied', async () => {
    const id = await upload('knee-extension.c3d')
    const command = calls.find((each) => each.includes('/edits')) ?? ''
    const before = (await send(readCurl(calls[0] ?? '', id))) as unknown as v.InferOutput<
      typeof RecordingAnalysisSchema
    >
    const { id: editId } = await send(readCurl(command, id))
    const after = (await send(readCurl(calls[0] ?? '', id))) as unknown as typeof before
    expect(after.edits).toHaveLength(before.edits.length + 1)
    expect(after.channels[0]?.contractions[0]).toMatchObject({ source: 'edited', startMs: 200, endMs: 1200 })
    const revoked = await fetch(`${server.url}/api/recordings/${id}/edits/${editId}/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(revoked.status).toBe(201)
  })
})

test('the request of the page is used as it stands', async () => {
  const asked = JSON.parse(request)
  await runCli(SOURCE, ['sample', 'samples'], { cwd: folder.path })
  await writeFile(join(folder.path, 'request.json'), request)
  const { stdout, exitCode } = await runCli(
    SOURCE,
    ['analyze', '--json', '--request', 'request.json', 'samples/radio-dropouts.c3d'],
    { cwd: folder.path },
  )
  expect(exitCode).toBe(0)
  const printed = JSON.parse(stdout)
  const { preset, parameters, targets } = asked
  expect(printed).toMatchObject({ preset, parameters, targets, assignments: asked.channels })
  expect(printed.channels[0]).toMatchObject({
    anatomyBasis: 'assigned',
    side: 'left',
    band: [30, 450],
    mvc: { value: 0.0002, source: 'manual', method: 'request' },
  })
  // Over HTTP the same request gives the same analysis.
  const id = await upload('radio-dropouts.c3d')
  const answer = await fetch(`${server.url}/api/recordings/${id}/analysis`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: request,
  })
  const { channels } = (await answer.json()) as v.InferOutput<typeof RecordingAnalysisSchema>
  for (const [i, channel] of channels.entries()) {
    // Why stored MVC values were passed over is another matter with a database than without.
    const { mvc: _, ...rest } = channel
    const { mvc: __, ...others } = printed.channels[i]
    expect(rest).toEqual(others)
  }
})
