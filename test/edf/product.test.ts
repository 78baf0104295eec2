/** EDF through the product, from source and as the executable: inspect, analyze, upload; and a format from outside. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeBlocks, read } from '../house/pages/read.ts'
import { runCli } from '../support/cli.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { sampleC3d, sampleEdf } from './samples.ts'

setDefaultTimeout(60_000)

const page = read('docs/edf.md')

const KNEE = 'knee-extension.c3d'
const patient = 'MCH-0234567 F 02-MAY-1951 Haagse_Harry'
const annotations = [{ time: 1.5, duration: 2, text: 'First contraction' }]
const files: Readonly<Record<string, Uint8Array>> = {
  'knee.c3d': sampleC3d(KNEE),
  'knee.edf': sampleEdf(KNEE, 'EDF+C', { patient, annotations }),
  'knee.bdf': sampleEdf(KNEE, 'BDF+C', { patient, annotations }),
  // A file is told by its bytes, and one that was cut off is read as far as it goes.
  'cut.c3d': sampleEdf(KNEE, 'EDF', { patient }).subarray(0, 100_000),
  'header.edf': sampleEdf(KNEE, 'EDF', { patient }).subarray(0, 300),
}

/** What of an analysis has to be the same whichever format the signal comes in. */
const timesOf = ({
  channels,
}: {
  channels: Array<{ label: string; contractions: Array<{ startMs: number }> }>
}) => channels.map(({ label, contractions }) => [label, contractions.length])

for (const { name, missing } of TARGETS) {
  if (missing !== undefined) test.skip(`${name} (skipped: ${missing})`, () => {})
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer
  beforeAll(async () => {
    folder = await temporaryFolder()
    await Promise.all(Object.entries(files).map(([name, bytes]) => Bun.write(join(folder.path, name), bytes)))
    server = await startTestServer(target, {
      data: join(folder.path, 'data'),
      args: ['--log-level', 'trace'],
    })
  })
  afterAll(async () => {
    expect(await server.kill('SIGTERM')).toBe(0)
    expect(server.log()).not.toMatch(/Haagse|Harry|0234567/)
    await folder[Symbol.asyncDispose]()
  })

  const run = (...args: string[]) => runCli(target, args, { cwd: folder.path })
  const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)
  const upload = (name: string) =>
    ask(`/api/recordings?fileName=${name}`, { method: 'POST', body: files[name] as Uint8Array<ArrayBuffer> })

  test('inspect prints what a file says of itself, and nothing of the patient', async () => {
    const { stdout, exitCode } = await run('inspect', 'knee.edf', '--stats')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Variant +EDF\+C/)
    expect(stdout).toMatch(/1\.500 s +First contraction/)
    expect(stdout).toMatch(/R VL +uV/)
    const json = (await run('inspect', 'knee.bdf', '--json')).stdout
    expect(JSON.parse(json)).toMatchObject({
      variant: 'BDF+C',
      analogs: 2,
      analogRate: 1000,
      namesPatient: true,
    })
    expect(stdout + json).not.toMatch(/Haagse|Harry|0234567/)
  })

  test('analyze takes files of several formats at once', async () => {
    const { stdout, stderr, exitCode } = await run(
      'analyze',
      '--json',
      'knee.c3d',
      'knee.edf',
      'header.edf',
      'knee.bdf',
      'cut.c3d',
    )
    expect(exitCode).toBe(65)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'TOO_SHORT', file: 'header.edf' } })
    const [c3d, edf, bdf, cut] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(timesOf(c3d).map(([, count]) => count)).toEqual([12, 10])
    expect([timesOf(edf), timesOf(bdf)]).toEqual([timesOf(c3d), timesOf(c3d)])
    expect(cut.warnings).toMatchObject([{ code: 'TRUNCATED' }])
    expect(cut.channels[0].durationS).toBe(24)
  })

  test('an upload is stored, described, analysed and served as what it is', async () => {
    const answers = await Promise.all(['knee.edf', 'knee.bdf', 'knee.c3d'].map(upload))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const stored = (await Promise.all(answers.map((answer) => answer.json()))) as Array<{
      id: string
      format: string
      description: Record<string, unknown>
    }>
    expect(stored.map(({ format }) => format)).toEqual(['edf', 'bdf', 'c3d'])
    expect(JSON.stringify(stored)).not.toMatch(/Haagse|Harry|0234567/)
    expect(stored[0]?.description.events).toEqual([{ time: 1.5, duration: 2, label: 'First contraction' }])
    const analyses = await Promise.all(
      stored.map(async ({ id }) =>
        timesOf((await (await ask(`/api/recordings/${id}/analysis`)).json()) as never),
      ),
    )
    expect(analyses[0]).toEqual(analyses[2] as never)
    expect(analyses[1]).toEqual(analyses[2] as never)
    const file = await ask(`/api/recordings/${stored[0]?.id}/file`)
    expect(file.headers.get('content-type')).toBe('application/x-edf')
    expect(await file.bytes()).toEqual(files['knee.edf'] as Uint8Array)
    const metadata = await ask(`/api/recordings/${stored[1]?.id}/metadata`)
    expect(await metadata.json()).toMatchObject({
      variant: 'BDF+C',
      channels: [{ label: 'R VL' }, { label: 'L VL' }],
    })
  })

  test('a file that cannot be read is refused with its code, and nothing of the patient', async () => {
    const answer = await upload('header.edf')
    const text = await answer.text()
    expect([answer.status, JSON.parse(text).code]).toEqual([422, 'TOO_SHORT'])
    expect(text).not.toMatch(/Haagse|Harry|0234567/)
  })

  test('the formats that there are can be asked for', async () => {
    const { items } = (await (await ask('/api/system/recording-formats')).json()) as {
      items: Array<{ id: string; extensions: string[] }>
    }
    expect(items.map(({ id, extensions }) => [id, ...extensions])).toEqual([
      ['c3d', '.c3d'],
      ['edf', '.edf'],
      ['bdf', '.bdf'],
    ])
  })

  test('the format of the page comes in from outside, and is read beside the others', async () => {
    const [source = ''] = codeBlocks(page, 'ts')
    const env = { MYOSERVE_DATA: join(folder.path, 'other') }
    await mkdir(env.MYOSERVE_DATA)
    await Bun.write(join(folder.path, 'lab-csv.ts'), source)
    const rows = Array.from({ length: 3000 }, (_, i) => `${i};${Math.sin(i) * 50};${Math.cos(i) * 50}`)
    await Bun.write(join(folder.path, 'lab.csv'), ['time;EMG R VL;EMG L VL', ...rows].join('\n'))
    const within = (...args: string[]) => runCli(target, args, { cwd: folder.path, env })
    expect((await within('inspect', 'lab.csv')).exitCode).toBe(65)
    const added = await within('plugin', 'add', 'lab-csv.ts')
    expect([added.stderr, added.exitCode]).toEqual(['', 0])
    const { stdout, stderr, exitCode } = await within('analyze', '--json', 'lab.csv', 'knee.edf')
    expect([stderr, exitCode]).toEqual(['', 0])
    const [csv, edf] = stdout.trim().split('\n')
    expect(JSON.parse(csv ?? '').channels).toMatchObject([
      { muscle: 'vastus lateralis', side: 'right', unit: 'uV', samples: 3000 },
      { muscle: 'vastus lateralis', side: 'left' },
    ])
    expect(JSON.parse(edf ?? '').recording.variant).toBe('EDF+C')
  })
})

describe('docs/edf.md', () => {
  const codesOf = (path: string): string[] =>
    [...read(path).matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code = '']) => code)

  test('lists every code of the reader, and no other', () => {
    const codes = ['errors', 'warnings'].flatMap((name) => codesOf(`plugins/edf-reader/codec/${name}.ts`))
    expect(codes.length).toBeGreaterThan(25)
    const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code = '']) => code)
    expect(documented.toSorted()).toEqual(codes.toSorted())
  })
})
