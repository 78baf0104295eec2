/** Reports of recordings of every kind: those of other makers, and those that have next to nothing in them. */
import { describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import type { Recording } from '../../plugins/c3d-reader/index.ts'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { LANGUAGES, languageOf } from '../../plugins/session-report/languages/index.ts'
import { articleOf, pageOf } from '../../plugins/session-report/page/page.ts'
import { drawn } from '../../plugins/session-report/task.ts'
import { writeC3d } from '../../src/sdk.ts'
import { analyze, planOf, readShared } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { dangersOf, readPage } from './html.ts'

async function reportsOf(recording: Recording, preset = 'clinical'): Promise<string[]> {
  const plan = planOf(preset)
  const analysis = analyze(recording, plan) as ReturnType<typeof analyze> & Readonly<Record<string, unknown>>
  const subject = {
    recordingId: null,
    fileName: 'x.c3d',
    sha256: '0'.repeat(64),
    time: null,
    session: null,
    description: recording.describe(),
    inputs: null,
    analysis,
  }
  const whole = await drawn(subject, recording, plan)
  return LANGUAGES.map((code) => pageOf([articleOf(whole, languageOf(code))], languageOf(code)))
}

function check(pages: readonly string[]): void {
  for (const page of pages) {
    expect(dangersOf(readPage(page))).toEqual([])
    expect(page.length).toBeLessThan(500_000)
    expect(page.match(/.{60}(?:(?<!are )NaN|Infinity|undefined|\[object)/)?.[0]).toBeUndefined()
    // Nothing is drawn outside of its frame.
    for (const [, y = ''] of page.matchAll(/ y(?:1|2)?="(-?[\d.]+)"/g)) expect(Number(y)).toBeWithin(-5, 257)
  }
}

test.each(sampleRecordings().map((sample) => [sample.fileName, sample.bytes()] as const))(
  'the sample %s',
  async (_, bytes) => {
    check(await reportsOf(c3dFormat.read(bytes)))
  },
)

const odd = (samples: Float64Array, unit = 'V', rate = 1000): Recording =>
  c3dFormat.read(
    writeC3d({
      processor: 'intel',
      storage: 'float',
      pointRate: rate / 10,
      samplesPerFrame: 10,
      points: [],
      analogs: [{ label: 'EMG 1', unit, samples }],
    }),
  )

const noise = (length: number, size: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => size * Math.sin(i * i * 0.37))

describe('a recording with next to nothing in it', () => {
  test.each([
    ['of one value', new Float64Array(5000).fill(1.5)],
    ['of no numbers', new Float64Array(5000).fill(Number.NaN)],
    ['of ten samples', noise(10, 1e-4)],
    ['of noise', noise(5000, 1e-5)],
    ['of huge values', noise(5000, 1e30)],
    ['of tiny values', noise(5000, 1e-30)],
    ['with an offset beside which it is nothing', noise(5000, 1e-6).map((x) => x + 1)],
    ['with one number', new Float64Array(5000).fill(Number.NaN).fill(1, 100, 101)],
  ])('%s', async (_, samples) => {
    check(await reportsOf(odd(samples)))
    check(await reportsOf(odd(samples, 'mV', 100), 'ghostly'))
  })

  test('without any EMG', async () => {
    const pages = await reportsOf(odd(noise(5000, 1), 'N'))
    check(pages)
    expect(pages[0]).toContain('There is no EMG signal to judge.')
  })
})

describe('recordings of other makers', () => {
  const files = SHARED
    ? ['ghostly', 'vendors'].flatMap((name) =>
        readdirSync(join(SHARED as string, 'data/c3d', name))
          .filter((each) => /\.c3d$/i.test(each) && each !== 'Empty.c3d')
          .map((each) => `${name}/${each}`),
      )
    : ['none']
  test.skipIf(!SHARED).each(files)(`%s${sharedNote}`, async (file) => {
    check(await reportsOf(readShared(file)))
  })
})
