/** Reports of a running server, and those of the command: whole, safe, the same each time, in two languages. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { fr } from '../../plugins/session-report/languages/fr.ts'
import { runCli } from '../support/cli.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { hostileBytes, NAME } from './hostile.ts'
import { dangersOf, readPage } from './html.ts'

setDefaultTimeout(60_000)

/** Characters that disguise what is read: of direction, of control, halves of others. */
const DISGUISES = /[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u

const bytes = hostileBytes()
const sha256 = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
const styleHash = (style: string): string => new Bun.CryptoHasher('sha256').update(style).digest('base64')
const styleOf = (html: string): string => html.slice(html.indexOf('<style>') + 7, html.indexOf('</style>'))
/** Structure of a page: its headings down to those of channels. */
const headingsOf = (html: string): string[] =>
  [...html.matchAll(/<h([1-4])>(.*?)<\/h\1>/gs)].map(
    ([, level = '', text = '']) =>
      `${level} ${text
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim()}`,
  )

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let recordingId = ''
  let sessionId = ''
  let file = ''
  beforeAll(async () => {
    folder = await temporaryFolder('myoserve-report-')
    file = join(folder.path, '20260305_09-30-15.c3d')
    await Bun.write(file, bytes)
    running = await startRecordsServer(target)
    const named = `${running.server.url}/api/recordings?fileName=${encodeURIComponent(`${NAME}.c3d`)}`
    const upload = await fetch(named, { method: 'POST', body: bytes })
    recordingId = ((await upload.json()) as { id: string }).id
    const patient = await running.send<{ code: string }>('POST', '/api/patients', {})
    const session = {
      patientCode: patient.body.code,
      recordingId,
      startedAt: '2026-03-05T09:30:15Z',
      rpe: 4,
      bfr: { left: 50 },
      settings: { level: '<img src=x onerror=alert(1)>' },
    }
    sessionId = (await running.send<{ id: string }>('POST', '/api/sessions', session)).body.id
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
    expect(running.server.log()).not.toContain('"error"')
    await folder[Symbol.asyncDispose]()
  })

  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${running.server.url}${path}`, { headers })
  const pageOf = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
    (await ask(path, headers)).text()

  test('the report of a session is one whole page that can load and run nothing', async () => {
    const answer = await ask(`/api/sessions/${sessionId}/report`)
    const html = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${styleHash(styleOf(html))}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ])
    const page = readPage(html)
    expect(dangersOf(page)).toEqual([])
    expect(page.attributes).toContainEqual([
      'content',
      policy.replace("; frame-ancestors 'self'", '').replaceAll("'", '&#39;'),
    ])
    expect(html.length).toBeLessThan(500_000)
    expect(html).not.toMatch(DISGUISES)
    for (const word of NAME.split(' ')) expect(html).not.toContain(word)
    // It is said, as text.
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  test('what a file says of itself comes as data that no browser takes for a page, without disguises', async () => {
    const paths = ['', '/metadata', '/export?format=json', '/export?format=csv']
    for (const path of paths) {
      const answer = await ask(`/api/recordings/${recordingId}${path}`)
      const text = await answer.text()
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('content-type')).toMatch(/^(application\/json|text\/csv)/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-security-policy')).toStartWith("default-src 'none'")
      expect(text).toContain('<script>alert(')
      const told = path.includes('csv') ? text.replaceAll('\r\n', '\n') : text
      expect(told).not.toMatch(DISGUISES)
      expect(told).not.toMatch(/\\u(?:00[01]|202[a-e]|206[6-9])/i)
    }
  })

  test('its parts stand in their order, the verdict on the signal first', async () => {
    const html = await pageOf(`/api/sessions/${sessionId}/report`)
    const channel = ['Contractions', 'Figures', 'Activity', 'Maximum voluntary contraction (MVC)', 'Fatigue']
    expect(headingsOf(html).map((each) => each.replace(/ (good|usable|poor)$/, ''))).toEqual([
      '1 EMG report',
      '2 The signal',
      '3 To be borne in mind',
      '3 Channels left out',
      '3 How to read the plots',
      '2 EMG &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#39;&amp;amp; gpj.exe L VL vastus lateralis, left',
      ...channel.map((each) => `4 ${each}`),
      '2 EMG R VL vastus lateralis, right',
      ...channel.map((each) => `4 ${each}`),
      '2 Symmetry of left and right',
      '2 Co-contraction',
      '2 Scores',
      '2 Provenance',
    ] as string[])
    const page = readPage(html)
    const provenance = html.slice(html.indexOf('class="provenance"'))
    const rows = [...provenance.matchAll(/<tr><th scope="row">(.*?)<\/th>/g)].map(([, head]) => head)
    expect(rows.slice(0, 9)).toEqual([
      'Task',
      'Muscles',
      'Electrodes',
      'Instrumentation',
      'Sampling',
      'Quality inspection',
      'Processing',
      'Amplitude normalisation',
      'Computation of outcomes',
    ])
    expect(provenance).toContain(sha256)
    expect(provenance).toContain('not stated by the file')
    // A plot of each channel, and of its fatigue.
    expect(page.attributes.filter(([name, value]) => name === 'role' && value === 'img')).toHaveLength(4)
  })

  test('it says who, when and how that is known, and what is missing with its reason', async () => {
    const html = (await pageOf(`/api/sessions/${sessionId}/report`)).replaceAll('\u00a0', ' ')
    expect(html).toMatch(/<dt>Patient<\/dt><dd><bdi>P\d{3}<\/bdi>/)
    expect(html).toContain('2026-03-05 09:30:15 UTC <span class="aside">as somebody stated</span>')
    expect(html).toContain('left 50 %, right not measured of the arterial occlusion pressure')
    expect(html).toContain('<bdi>which side is affected is not known</bdi>')
    expect(html).toContain('<bdi>no game was played</bdi>')
    const alone = (await pageOf(`/api/recordings/${recordingId}/report`)).replaceAll('\u00a0', ' ')
    expect(alone).toContain('as somebody stated')
  })

  test('plots show what the analysis found: outcomes by pattern and shape, dropout, clipping, levels', async () => {
    const html = await pageOf(`/api/sessions/${sessionId}/report`)
    const [first = '', second = ''] = [...html.matchAll(/<svg viewBox="0 0 720 256".*?<\/svg>/gs)].map(
      ([svg]) => svg,
    )
    for (const svg of [first, second]) {
      for (const part of [
        'url(#p-good)',
        'url(#p-missed)',
        '#s-good',
        '#s-missed',
        'mvc-line',
        'target-line',
        'class="held"',
        'µV<',
      ]) {
        expect(svg).toContain(part)
      }
    }
    expect(
      [first, second].map((svg) => [svg.includes('url(#p-gap)'), svg.includes('class="clipped"')]),
    ).toEqual([
      [false, false],
      [true, true],
    ])
    // 9.3 to 9.57 s of 20 s, from 58 to 638.
    expect(second).toMatch(/<path d="M327\.7 34h7\.8V226h-7\.8z" class="gap"/)
  })

  test('is the same each time, by its ETag too', async () => {
    const [one, other] = [
      await ask(`/api/sessions/${sessionId}/report`),
      await ask(`/api/sessions/${sessionId}/report`),
    ]
    expect(await one.text()).toBe(await other.text())
    const again = await ask(`/api/sessions/${sessionId}/report`, {
      'if-none-match': one.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
  })

  test('speaks the language that is asked for, or liked best', async () => {
    const path = `/api/recordings/${recordingId}/report`
    const language = async (query: string, accept?: string) => {
      const answer = await ask(`${path}${query}`, accept === undefined ? {} : { 'accept-language': accept })
      const html = await answer.text()
      return [answer.headers.get('content-language'), /<html lang="(\w+)"/.exec(html)?.[1]]
    }
    expect(await language('')).toEqual(['en', 'en'])
    expect(await language('', 'de, fr-BE;q=0.8, en;q=0.5')).toEqual(['fr', 'fr'])
    expect(await language('', 'fr;q=0, *')).toEqual(['en', 'en'])
    expect(await language('?lang=en', 'fr')).toEqual(['en', 'en'])
    expect((await ask(`${path}?lang=xx`)).status).toBe(400)
    const html = await pageOf(`${path}?lang=fr`)
    expect(dangersOf(readPage(html))).toEqual([])
    expect(html).toContain(fr.quality.overall.poor)
    // What plugins that come with the executable say is French.
    expect([...html.matchAll(/<bdi lang="en">.*?<\/bdi>/g)].map(([said]) => said)).toEqual([])
  })

  test('refuses what it cannot do in one sentence', async () => {
    const refusal = async (path: string): Promise<[number, string]> => {
      const answer = await ask(path)
      return [answer.status, ((await answer.json()) as { code: string }).code]
    }
    const nobody = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
    expect(await refusal(`/api/recordings/${nobody}/report`)).toEqual([404, 'RECORDING_NOT_FOUND'])
    expect(await refusal(`/api/sessions/${nobody}/report`)).toEqual([404, 'SESSION_NOT_FOUND'])
    expect(await refusal(`/api/recordings/${recordingId}/report?preset=none`)).toEqual([
      400,
      'BAD_PARAMETERS',
    ])
    const { body } = await running.send<{ patientCode: string }>('GET', `/api/sessions/${sessionId}`)
    const empty = { patientCode: body.patientCode, startedAt: '2026-03-06T09:30:15Z' }
    const { id } = (await running.send<{ id: string }>('POST', '/api/sessions', empty)).body
    expect(await refusal(`/api/sessions/${id}/report`)).toEqual([404, 'NO_RECORDING'])
  })

  test('the command writes the same page of a file, with the time in its name', async () => {
    const out = join(folder.path, 'report.html')
    const { exitCode, stdout, stderr } = await runCli(target, ['analyze', '--csv', '--report', out, file])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).not.toContain('<html')
    const html = await Bun.file(out).text()
    expect(dangersOf(readPage(html))).toEqual([])
    expect(html).toContain(
      '2026-03-05 09:30:15 (local time, zone not stated) <span class="aside">as the name of the file says</span>',
    )
    // The signals are drawn alike, by whichever way they came.
    const drawn = (text: string): string[] =>
      [...text.matchAll(/<path d="([^"]*)" class="(?:raw|envelope)"/g)].map(([, d = '']) => d)
    expect(drawn(html)).toEqual(drawn(await pageOf(`/api/recordings/${recordingId}/report`)))
    expect(drawn(html)).toHaveLength(4)
    const elsewhere = join(folder.path, 'again.html')
    await runCli(target, ['analyze', '--report', elsewhere, file], {
      env: { TZ: 'Asia/Tokyo', LANG: 'fr_FR.UTF-8' },
    })
    expect(await Bun.file(elsewhere).text()).toBe(html)
  })

  test('the command writes several files into one page, and leaves out those that cannot be read', async () => {
    const out = join(folder.path, 'both.html')
    const bad = join(folder.path, 'bad.c3d')
    await Bun.write(bad, 'no recording')
    const { exitCode } = await runCli(target, ['analyze', '--lang', 'fr', '--report', out, file, bad, file])
    expect(exitCode).toBe(65)
    const page = readPage(await Bun.file(out).text())
    expect(page.texts('h1')).toEqual(['Rapport EMG', 'Rapport EMG'])
    const none = join(folder.path, 'none.html')
    expect((await runCli(target, ['analyze', '--report', none, bad])).exitCode).toBe(65)
    expect(await Bun.file(none).exists()).toBe(false)
  })

  test('the command writes over no recording, and says what it does not take', async () => {
    const refusal = async (...args: string[]): Promise<[number, string]> => {
      const { exitCode, stderr } = await runCli(target, ['analyze', ...args])
      return [exitCode, stderr]
    }
    expect(await refusal('--report', file, file)).toEqual([
      64,
      expect.stringContaining('expected a name that ends in .html'),
    ])
    expect(Buffer.from(await Bun.file(file).bytes()).equals(Buffer.from(bytes))).toBe(true)
    expect(await refusal('--report', 'x.html', '--lang', 'xx', file)).toEqual([
      64,
      expect.stringContaining('expected en or fr'),
    ])
    expect(await refusal('--lang', 'fr', file)).toEqual([
      64,
      expect.stringContaining('give --report FILE.html too'),
    ])
    expect(await refusal('--report', join(file, 'x.html'), file)).toEqual([
      73,
      expect.stringContaining('cannot be written'),
    ])
  })
})
