/** Exports of a running server, their history, and the command that needs no server. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FORMATS } from '../../plugins/exports/formats/index.ts'
import { NAME, recordingBytes } from '../exports/source.ts'
import { runCli } from '../support/cli.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Entry {
  readonly id: string
  readonly recordingId: string
  readonly sessionId: string | null
  readonly format: string
  readonly table: string | null
  readonly identity: string
  readonly preset: string
  readonly bytes: number
  readonly sha256: string
}
interface Page {
  readonly items: readonly Entry[]
  readonly nextCursor: string | null
}

const bytes = recordingBytes()
const sha256Of = (file: Uint8Array): string => new Bun.CryptoHasher('sha256').update(file).digest('hex')

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  let recordingId = ''
  let sessionId = ''
  let patientCode = ''
  beforeAll(async () => {
    running = await startRecordsServer(target)
    const fileName = encodeURIComponent(`${NAME}.c3d`)
    const upload = await fetch(`${running.server.url}/api/recordings?fileName=${fileName}`, {
      method: 'POST',
      body: bytes,
    })
    recordingId = ((await upload.json()) as { id: string }).id
    patientCode = (await running.send<{ code: string }>('POST', '/api/patients', {})).body.code
    const session = { patientCode, recordingId, startedAt: '2026-03-05T09:30:15Z', rpe: 4 }
    sessionId = (await running.send<{ id: string }>('POST', '/api/sessions', session)).body.id
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
    expect(running.server.log()).not.toContain('"error"')
  })

  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${running.server.url}${path}`, { headers })
  const history = async (query = ''): Promise<Page> =>
    (await running.send<Page>('GET', `/api/exports?${query}`)).body
  const refusal = async (path: string): Promise<[number, string]> => {
    const answer = await ask(path)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }

  test('come in every format, named by the patient’s code, and are entered in the history', async () => {
    const all = FORMATS.flatMap(({ id, tables, mediaType, extension }) =>
      (tables ?? [null]).map((table) => ({ format: id, table, mediaType, extension })),
    )
    for (const { format, table, mediaType, extension } of all) {
      const query = table === null ? '' : `&table=${table}`
      const answer = await ask(`/api/sessions/${sessionId}/export?format=${format}${query}`)
      const file = await answer.bytes()
      const { headers, status } = answer
      expect([format, status, headers.get('content-type')]).toEqual([format, 200, mediaType])
      const name = [patientCode, recordingId, table].filter(Boolean).join('-')
      expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}${extension}"`)
      expect(headers.get('etag')).toBe(`"${sha256Of(file)}"`)
      for (const word of NAME.split(' ')) expect(Buffer.from(file).toString('latin1')).not.toContain(word)
      const [entry] = (await history('limit=1')).items
      expect(entry).toMatchObject({
        id: headers.get('x-export-id') as string,
        recordingId,
        sessionId,
        format,
        table,
        identity: 'pseudonymised',
        preset: 'clinical',
        bytes: file.length,
        sha256: sha256Of(file),
      })
    }
    expect((await history(`sessionId=${sessionId}`)).items).toHaveLength(all.length)
  })

  test('of a recording have its session too, and the same bytes again', async () => {
    const [one, two] = await Promise.all([
      ask(`/api/recordings/${recordingId}/export?format=json`),
      ask(`/api/sessions/${sessionId}/export?format=json`),
    ])
    const [first, second] = [await one.text(), await two.text()]
    expect(first).toBe(second)
    expect(JSON.parse(first)).toMatchObject({ recordingId, session: { patientCode, rpe: 4 } })
    const again = await ask(`/api/recordings/${recordingId}/export?format=json`, {
      'if-none-match': one.headers.get('etag') as string,
    })
    expect(again.status).toBe(304)
  })

  test('by another preset are named by it', async () => {
    const answer = await ask(`/api/recordings/${recordingId}/export?format=json&preset=ghostly`)
    expect(await answer.json()).toMatchObject({ analysis: { preset: 'ghostly' } })
    expect((await history('limit=1')).items[0]).toMatchObject({ preset: 'ghostly', format: 'json' })
  })

  test('of the history come page by page', async () => {
    const all = (await history(`recordingId=${recordingId}&limit=200`)).items
    const paged: Entry[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await history(`recordingId=${recordingId}&limit=3${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual([...all])
    expect((await history('recordingId=0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d')).items).toEqual([])
  })

  test('are refused with a code, and then not entered', async () => {
    const before = (await history('limit=1')).items[0]?.id
    const path = `/api/recordings/${recordingId}/export`
    expect(await refusal(`${path}?format=json&identity=most`)).toEqual([400, 'INVALID_REQUEST'])
    expect(await refusal(`${path}?format=csv&table=signals`)).toEqual([400, 'UNKNOWN_TABLE'])
    expect(await refusal(`${path}?format=edf&table=metrics`)).toEqual([400, 'UNKNOWN_TABLE'])
    expect(await refusal(`${path}?format=xlsx`)).toEqual([400, 'INVALID_REQUEST'])
    expect(await refusal(path)).toEqual([400, 'INVALID_REQUEST'])
    expect(await refusal(`${path}?format=json&preset=none`)).toEqual([400, 'BAD_PARAMETERS'])
    const nobody = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
    expect(await refusal(`/api/recordings/${nobody}/export?format=json`)).toEqual([
      404,
      'RECORDING_NOT_FOUND',
    ])
    expect(await refusal(`/api/sessions/${nobody}/export?format=json`)).toEqual([404, 'SESSION_NOT_FOUND'])
    const empty = { patientCode, startedAt: '2026-03-06T09:30:15Z' }
    const { id } = (await running.send<{ id: string }>('POST', '/api/sessions', empty)).body
    expect(await refusal(`/api/sessions/${id}/export?format=json`)).toEqual([
      422,
      'SESSION_WITHOUT_RECORDING',
    ])
    expect((await history('limit=1')).items[0]?.id).toBe(before as string)
  })

  test('are made of files by a command, all tables of a format at once', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, `${NAME}.c3d`)
    await Bun.write(path, bytes)
    const out = join(folder.path, 'out')
    const run = (...args: string[]) => runCli(target, ['export', ...args])
    const made = await run(path, '--format', 'parquet', '--out', out)
    expect([made.exitCode, made.stderr]).toEqual([0, ''])
    const name = `recording-${sha256Of(bytes).slice(0, 16)}`
    expect(made.stdout.trim().split('\n')).toEqual(
      ['contractions', 'metrics', 'signals'].map((table) => join(out, `${name}-${table}.parquet`)),
    )
    expect((await run(path, '--format', 'csv', '--table', 'metrics', '--out', out)).exitCode).toBe(0)
    expect(readdirSync(out)).toHaveLength(4)
    for (const [args, code, message] of [
      [[path], 64, /needs a --format/],
      [[path, '--format', 'xlsx'], 64, /there is no format "xlsx"; there are csv, json/],
      [
        [path, '--format', 'csv', '--table', 'signals'],
        64,
        /csv has no table "signals"; it has contractions, metrics/,
      ],
      [[join(folder.path, 'gone.c3d'), '--format', 'csv'], 65, /FILE_NOT_FOUND/],
      [[path, '--format', 'csv', '--out', path], 73, /cannot be written/],
    ] as const) {
      const { exitCode, stderr } = await run(...args)
      expect([args, exitCode, stderr]).toEqual([args, code, expect.stringMatching(message)])
    }
  })
})
