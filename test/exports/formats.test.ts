/** Every format, read by somebody else: scipy, EDFlib, BioSig, hyparquet, DuckDB, python's csv, the schema of HL7. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import type { Bundle, Observation } from '../../plugins/exports/fhir/resources.ts'
import { ucumOf } from '../../plugins/exports/fhir/units.ts'
import { FORMATS } from '../../plugins/exports/formats/index.ts'
import { writeMat } from '../../plugins/exports/mat/write.ts'
import { figuresOf } from '../../plugins/exports/rows/metrics.ts'
import type { ChannelSignals } from '../../plugins/exports/signals.ts'
import type { ExportSource } from '../../plugins/exports/source.ts'
import { readC3d, writeC3d } from '../../src/sdk.ts'
import { type EdflibFile, edflibNote, HAS_EDFLIB } from '../edf/edflib.ts'
import { temporaryFolder } from '../support/server.ts'
import { fhirErrors } from './fhir-schema.ts'
import {
  askPython,
  BIOSIG,
  biosigNote,
  DUCKDB,
  duckdbNote,
  HAS_PYTHON,
  HAS_SCIPY,
  pythonNote,
  scipyNote,
} from './outside.ts'
import { DROPOUT, exportOf, FORMULA_LABEL, IDENTIFICATION, NAME, RATE, SAMPLES, sourceOf } from './source.ts'

setDefaultTimeout(30_000)

let source: ExportSource
let signals: readonly ChannelSignals[]
let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  source = await sourceOf()
  signals = await Array.fromAsync(source.signals())
  folder = await temporaryFolder('myoserve-exports-')
})
afterAll(() => folder[Symbol.asyncDispose]())

/** Makes a file and answers its path. */
async function fileOf(format: string, table?: string): Promise<string> {
  const { name, bytes } = await exportOf(source, format, table)
  const path = join(folder.path, name)
  await Bun.write(path, bytes)
  return path
}

const channelOf = (i: number) => source.analysis.channels[i] as ExportSource['analysis']['channels'][number]
const signalOf = (i: number) => signals[i] as ChannelSignals

test('the recording has what the other tests are about', () => {
  expect(source.analysis.channels.map(({ name }) => name)).toEqual([FORMULA_LABEL, 'EMG R VM'])
  expect(source.analysis.channels.every(({ contractions }) => contractions.length === 4)).toBe(true)
  expect(signalOf(1).gaps).toEqual([DROPOUT])
})

describe.each(
  FORMATS.flatMap((format) => (format.tables ?? [undefined]).map((table) => [format.id, table] as const)),
)('%s %s', (id, table) => {
  test('names nobody, neither in its bytes nor in the name of its file', async () => {
    const { name, bytes } = await exportOf(source, id, table)
    for (const text of [Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf16le')]) {
      for (const word of NAME.split(' ')) expect(text.includes(word)).toBe(false)
    }
    expect(name).toMatch(/^P001-0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d/)
  })

  test('tells who it is in a full export, and only there', async () => {
    const full = { ...source, identification: IDENTIFICATION }
    const { bytes, name } = await exportOf(full, id, table)
    const texts = (['latin1', 'utf16le'] as const).map((coding) => Buffer.from(bytes).toString(coding))
    for (const word of NAME.split(' ')) {
      expect([word, texts.some((text) => text.includes(word))]).toEqual([word, true])
    }
    expect(name).toBe((await exportOf(source, id, table)).name)
  })

  test('is the same bytes each time', async () => {
    const [first, second] = await Promise.all([exportOf(source, id, table), exportOf(source, id, table)])
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true)
  })

  test('takes a recording without EMG, or says why it cannot', async () => {
    const none = await sourceOf(
      writeC3d({
        processor: 'intel',
        storage: 'float',
        pointRate: 100,
        samplesPerFrame: 1,
        points: [],
        analogs: [{ label: 'Fz1', unit: 'N', samples: new Float64Array(500) }],
      }),
      { session: null, recordingId: null },
    )
    const made = exportOf(none, id, table)
    if (id === 'edf') expect(made).rejects.toThrow('no channel of the recording is EMG')
    else expect((await made).name).toStartWith('recording-')
  })
})

describe('CSV', () => {
  const READ =
    'import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))))'

  test.skipIf(!HAS_PYTHON)(`of contractions has a row each, as python reads it${pythonNote}`, async () => {
    const rows = await askPython<Record<string, string>[]>(READ, await fileOf('csv', 'contractions'))
    const expected = source.analysis.channels.flatMap(({ index, contractions }) =>
      contractions.map(({ startMs, maxAmplitude, isGood }, i) => [
        index,
        i + 1,
        startMs,
        maxAmplitude,
        String(isGood),
      ]),
    )
    expect(
      rows.map((row) => [
        Number(row.channel_index),
        Number(row.contraction),
        Number(row.start_ms),
        Number(row.max_amplitude),
        row.is_good,
      ]),
    ).toEqual(expected as never)
    // A spreadsheet shows the apostrophe as text, and computes nothing.
    expect(rows[0]?.channel).toBe(`'${FORMULA_LABEL}`)
    expect(new Set(rows.map(({ patient_code }) => patient_code))).toEqual(new Set(['P001']))
  })

  test.skipIf(!HAS_PYTHON)(
    `of metrics has a row for each figure, as python reads it${pythonNote}`,
    async () => {
      const rows = await askPython<Record<string, string>[]>(READ, await fileOf('csv', 'metrics'))
      const expected = source.analysis.channels.flatMap((channel) =>
        figuresOf(channel).map(({ metric, value, unit, reason }) => [
          metric,
          value === null ? '' : String(value),
          unit,
          reason ?? '',
        ]),
      )
      expect(rows.map(({ metric, value, unit, reason }) => [metric, value, unit, reason])).toEqual(
        expected as never,
      )
      expect(rows.some(({ metric, value }) => metric === 'mvc' && value !== '')).toBe(true)
    },
  )

  test.each(['contractions', 'metrics'])(
    'of %s ends every line by CRLF, and no label is a formula',
    async (table) => {
      const text = new TextDecoder().decode((await exportOf(source, 'csv', table)).bytes)
      expect(text.endsWith('\r\n')).toBe(true)
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      expect(text).toContain(`,"'=EMG ""VL"", left",`)
      expect(text).not.toMatch(/(?:^|[,;\t\n])"?=/)
    },
  )
})

test('JSON holds the analysis whole, and the session by its code', async () => {
  const { bytes } = await exportOf(source, 'json')
  expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(
    JSON.parse(
      JSON.stringify({
        formatVersion: 1,
        recordingId: source.recordingId,
        sha256: source.sha256,
        session: source.session,
        analysis: source.analysis,
      }),
    ),
  )
})

describe('MAT', () => {
  const READ = `
import json, sys, numpy as np, scipy.io
m = scipy.io.loadmat(sys.argv[1], simplify_cells=True)['myoserve']
channels = m['channels'] if isinstance(m['channels'], (list, np.ndarray)) else [m['channels']]
def plain(x): return [None if np.isnan(v) else float(v) for v in np.atleast_1d(x)]
print(json.dumps({'patient': str(m['patient_code']), 'preset': str(m['preset']), 'parameters': str(m['parameters']),
  'channels': [{'name': str(c['name']), 'number': int(c['number']), 'unit': str(c['unit']), 'rate': float(c['rate_hz']),
    'raw': plain(c['raw']), 'filtered': plain(c['filtered']), 'envelope': plain(c['envelope']),
    'missing': [bool(v) for v in c['missing']], 'start': plain(c['contractions']['start_ms']),
    'good': plain(c['contractions']['is_good']),
    'metrics': {str(x['name']): None if np.isnan(x['value']) else float(x['value']) for x in c['metrics']}} for c in channels]}))
`

  test.skipIf(!HAS_SCIPY)(`is what scipy reads of it, to the last bit${scipyNote}`, async () => {
    interface Read {
      readonly patient: string
      readonly preset: string
      readonly parameters: string
      readonly channels: ReadonlyArray<Record<string, unknown>>
    }
    const read = await askPython<Read>(READ, await fileOf('mat'))
    expect(read).toMatchObject({ patient: 'P001', preset: 'clinical' })
    expect(JSON.parse(read.parameters)).toEqual(JSON.parse(JSON.stringify(source.analysis.parameters)))
    const withNull = (x: Float64Array | null) =>
      [...(x ?? [])].map((each) => (Number.isNaN(each) ? null : each))
    expect(read.channels).toHaveLength(2)
    for (const [i, channel] of read.channels.entries()) {
      const analysed = channelOf(i)
      expect(channel).toEqual({
        name: analysed.name,
        number: analysed.index + 1,
        unit: 'mV',
        rate: RATE,
        raw: withNull(signalOf(i).raw),
        filtered: withNull(signalOf(i).filtered),
        envelope: withNull(signalOf(i).envelope),
        missing: Array.from({ length: SAMPLES }, (_, k) => i === 1 && k >= DROPOUT.start && k < DROPOUT.end),
        start: analysed.contractions.map(({ startMs }) => startMs),
        good: analysed.contractions.map(({ isGood }) => (isGood === null ? null : Number(isGood))),
        metrics: Object.fromEntries(figuresOf(analysed).map(({ metric, value }) => [metric, value])),
      })
    }
  })

  test.skipIf(!HAS_SCIPY)(
    `keeps texts of every script, empty values and nested structs${scipyNote}`,
    async () => {
      const path = join(folder.path, 'odd.mat')
      const text = 'Müller µV 筋電 😀'
      await Bun.write(
        path,
        new Blob(
          writeMat('MATLAB 5.0 MAT-file', {
            text,
            empty: '',
            none: new Float64Array(),
            nested: { deep: { deeper: -0.5 } },
            flags: { logical: Uint8Array.of(1, 0, 1) },
          }) as Uint8Array<ArrayBuffer>[],
        ),
      )
      const script = `
import json, sys, scipy.io
m = scipy.io.loadmat(sys.argv[1], simplify_cells=True, mat_dtype=False, chars_as_strings=True)
print(json.dumps({'text': str(m['text']), 'empty': len(m['empty']), 'none': int(m['none'].size),
  'deep': m['nested']['deep']['deeper'], 'flags': [int(x) for x in m['flags']],
  'classes': {name: kind for name, _, kind in scipy.io.whosmat(sys.argv[1])}}))
`
      expect(await askPython<unknown>(script, path)).toEqual({
        text: text.replace('😀', '\ufffd'),
        empty: 0,
        none: 0,
        deep: -0.5,
        flags: [1, 0, 1],
        classes: { text: 'char', empty: 'char', none: 'double', nested: 'struct', flags: 'logical' },
      })
    },
  )

  test('takes no names that MATLAB does not take', () => {
    for (const name of ['1x', 'a-b', '', 'x'.repeat(32), 'é']) {
      expect(() => writeMat('', { [name]: 1 })).toThrow(RangeError)
      expect(() => writeMat('', { x: { [name]: 1 } })).toThrow(RangeError)
    }
    expect(() => writeMat('', { list: [{ a: 1 }, { b: 1 } as never] })).toThrow('no field "a"')
  })
})

describe('Parquet', () => {
  const read = async (table: string): Promise<Record<string, unknown>[]> => {
    const { bytes } = await exportOf(source, 'parquet', table)
    return parquetReadObjects({ file: Uint8Array.from(bytes).buffer })
  }

  test('has the rows of the other tables, each cell of its type', async () => {
    const rows = await read('contractions')
    expect(
      rows.map(({ channel, contraction, start_ms, is_good }) => [channel, contraction, start_ms, is_good]),
    ).toEqual(
      source.analysis.channels.flatMap(({ name, contractions }) =>
        contractions.map(({ startMs, isGood }, i) => [name, i + 1, startMs, isGood]),
      ),
    )
    const figures = await read('metrics')
    expect(figures.map(({ metric, value, n }) => [metric, value ?? null, n ?? null])).toEqual(
      source.analysis.channels.flatMap((channel) =>
        figuresOf(channel).map(({ metric, value, n }) => [metric, value, n]),
      ),
    )
  })

  test('has every sample, null where it is missing', async () => {
    const rows = await read('signals')
    expect(rows).toHaveLength(2 * SAMPLES)
    for (const at of [0, 1, 8999, 9000, 9269, 9270, SAMPLES - 1]) {
      const isMissing = at >= DROPOUT.start && at < DROPOUT.end
      expect(rows[SAMPLES + at]).toEqual({
        channel_index: 1,
        channel: 'EMG R VM',
        time_ms: at,
        raw: signalOf(1).raw[at],
        filtered: isMissing ? null : signalOf(1).filtered?.[at],
        envelope: isMissing ? null : signalOf(1).envelope?.[at],
      } as never)
    }
  })

  test('holds each sample of a channel of several groups of rows once', async () => {
    const raw = Float64Array.from({ length: 200_001 }, (_, i) => i)
    const long: ExportSource = {
      ...source,
      async *signals() {
        yield {
          index: 0,
          rate: RATE,
          raw,
          filtered: null,
          envelope: raw.slice().fill(Number.NaN, 0, 150_000),
          gaps: [],
        }
      },
    }
    const { bytes } = await exportOf(long, 'parquet', 'signals')
    const columns = ['time_ms', 'raw', 'filtered', 'envelope']
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer, columns })
    expect(rows).toHaveLength(raw.length)
    const wrong = rows.filter(
      (row, i) =>
        row.time_ms !== (i * 1000) / RATE ||
        row.raw !== i ||
        row.filtered !== null ||
        row.envelope !== (i < 150_000 ? null : i),
    )
    expect(wrong).toEqual([])
  })

  test.skipIf(!DUCKDB)(`is what DuckDB reads of it${duckdbNote}`, async () => {
    const connection = await (await (DUCKDB as NonNullable<typeof DUCKDB>).create(':memory:')).connect()
    const path = await fileOf('parquet', 'signals')
    const sql = `select channel_index as i, count(*)::int as n, count(envelope)::int as kept, max(raw) as most
        from '${path}' group by 1 order by 1`
    expect((await connection.runAndReadAll(sql)).getRowObjectsJson()).toEqual(
      [0, 1].map((i) => ({
        i,
        n: SAMPLES,
        kept: SAMPLES - (i === 1 ? 270 : 0),
        most: signalOf(i).raw.reduce((a, b) => Math.max(a, b)),
      })),
    )
  })
})

describe('EDF+', () => {
  test.skipIf(!HAS_EDFLIB)(`is what EDFlib reads of it, to a step of its range${edflibNote}`, async () => {
    const path = await fileOf('edf')
    const child = Bun.spawn([process.execPath, join(import.meta.dir, '../edf/edflib.ts'), 'read', path], {
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const file = (await new Response(child.stdout).json()) as EdflibFile
    expect(file.start.slice(0, 6)).toEqual([2026, 3, 5, 9, 30, 15])
    expect(file.signals.map(({ label, unit }) => [label, unit])).toEqual([
      [FORMULA_LABEL, 'uV'],
      [`${FORMULA_LABEL.slice(0, 12)} env`, 'uV'],
      ['EMG R VM', 'uV'],
      ['EMG R VM env', 'uV'],
    ])
    const pictures = signals.flatMap(({ raw, envelope }) => [raw, envelope as Float64Array])
    for (const [i, picture] of pictures.entries()) {
      const { samples } = file.signals[i] as EdflibFile['signals'][number]
      const most = picture.reduce((a, b) => Math.max(a, Number.isFinite(b) ? Math.abs(b) : 0), 0) * 1000
      const worst = picture.reduce(
        (sum, each, k) =>
          Math.max(sum, Math.abs((samples[k] as number) - (Number.isFinite(each) ? each * 1000 : 0))),
        0,
      )
      // The range is the least that eight characters can say; half a step of it is what rounding takes.
      expect(worst).toBeLessThan((most * 1.001 * 2) / 65_535)
      expect(samples.length).toBe(21_000)
    }
    const seconds = ({ onset, text }: EdflibFile['annotations'][number]) => [onset / 1e7, text]
    const contractions = source.analysis.channels.flatMap(({ name, contractions: each }) =>
      each.map(({ startMs }) => [startMs / 1000, `Contraction ${name}`]),
    )
    const all = [
      ...contractions,
      [9, 'No signal EMG R VM'],
      [20.5, `End of recording ${FORMULA_LABEL}`],
      [20.5, 'End of recording EMG R VM'],
    ]
    const key = ([at, text]: (string | number)[]) => `${text} ${Number(at).toFixed(3)}`
    expect(file.annotations.map(seconds).map(key).toSorted()).toEqual(all.map(key).toSorted())
  })

  test.skipIf(!BIOSIG)(
    `is what BioSig takes for EDF, with the patient’s code alone${biosigNote}`,
    async () => {
      const child = Bun.spawn([BIOSIG as string, '-JSON', await fileOf('edf')], {
        stdout: 'pipe',
        stderr: 'ignore',
      })
      const text = await new Response(child.stdout).text()
      // What it prints is not quite JSON where a label has quotes.
      for (const line of [
        '"TYPE"\t: "EDF"',
        `"Samplingrate"\t: ${RATE}.000000`,
        '"NumberOfSamples"\t: 21000',
        '"Id"\t: "P001"',
        '"Label"\t: "EMG R VM env"',
        '"Description"\t: "No signal EMG R VM"',
      ]) {
        expect(text).toContain(line)
      }
    },
  )

  test('says which rates it cannot hold together', () => {
    const odd: ExportSource = {
      ...source,
      async *signals() {
        yield* [{ ...signalOf(0), rate: Math.PI * 300 }, signalOf(1)]
      },
    }
    expect(exportOf(odd, 'edf')).rejects.toThrow(/whole number of samples at 942\.47/)
  })
})

describe('C3D', () => {
  /** The labels, and the samples of each channel, by the layout of the format and nothing of the project. */
  function readPlainly(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const u16 = (at: number) => view.getUint16(at, true)
    const labels: string[] = []
    const groups: string[] = []
    let analogId = 0
    for (let at = 512 + 4; bytes[at] !== 0; ) {
      const id = view.getInt8(at + 1)
      const length = Math.abs(view.getInt8(at))
      const name = Buffer.from(bytes.subarray(at + 2, at + 2 + length)).toString()
      const next = at + 2 + length
      if (id < 0) groups.push(name)
      if (id < 0 && name === 'ANALOG') analogId = -id
      if (id === analogId && name === 'LABELS') {
        const [width = 0, count = 0] = bytes.subarray(next + 4, next + 6)
        for (let i = 0; i < count; i++) {
          const from = next + 6 + i * width
          labels.push(
            Buffer.from(bytes.subarray(from, from + width))
              .toString()
              .trimEnd(),
          )
        }
      }
      at = next + u16(next)
    }
    const [points, words, perFrame] = [u16(2), u16(4), u16(18)]
    const frames = u16(8) - u16(6) + 1
    const count = words / perFrame
    const channels = Array.from({ length: count }, () => [] as number[])
    let at = (u16(16) - 1) * 512
    for (let frame = 0; frame < frames; frame++) {
      at += 16 * points
      for (let i = 0; i < words; i++, at += 4) channels[i % count]?.push(view.getFloat32(at, true))
    }
    return {
      labels,
      groups,
      channels,
      isFloat: view.getFloat32(12, true) < 0,
      rate: view.getFloat32(20, true) * perFrame,
    }
  }

  test('has all channels and the envelopes behind them, as the layout of the format says', async () => {
    const { bytes } = await exportOf(source, 'c3d')
    const read = readPlainly(bytes)
    expect(read).toMatchObject({ isFloat: true, rate: RATE })
    expect(read.labels).toEqual([FORMULA_LABEL, 'EMG R VM', 'Fz1', `${FORMULA_LABEL} Env`, 'EMG R VM Env'])
    expect(read.groups).toEqual(expect.arrayContaining(['POINT', 'ANALOG', 'EVENT', 'FORCE_PLATFORM']))
    expect(read.groups).not.toContain('SUBJECTS')
    const rounded = (x: Float64Array | null) => Array.from(x ?? [], Math.fround)
    for (const i of [0, 1]) {
      expect(read.channels[i]).toEqual(rounded(signalOf(i).raw))
      expect(read.channels[3 + i]).toEqual(rounded(signalOf(i).envelope))
    }
  })

  test('has points and events of the file, and the contractions, by our own reader', async () => {
    const { bytes } = await exportOf(source, 'c3d')
    const read = readC3d(bytes)
    const was = readC3d(await source.bytes())
    expect(read.warnings.map(({ code }) => code)).toEqual(['ANALOG_NON_FINITE'])
    expect(read.points[0]?.trajectory()).toEqual(was.points[0]?.trajectory() as never)
    const events = read.events.map(({ label, time, context, subject }) => [
      label,
      time?.toFixed(3),
      context,
      subject,
    ])
    expect(events).toContainEqual(['Foot Strike', '1.250', 'Left', ''])
    for (const { startMs, endMs, side } of source.analysis.channels.flatMap((each) =>
      each.contractions.map((contraction) => ({ ...contraction, side: each.side })),
    )) {
      const context = side === 'right' ? 'Right' : side === 'left' ? 'Left' : 'General'
      expect(events).toContainEqual(['EMG On', (startMs / 1000).toFixed(3), context, ''])
      expect(events).toContainEqual(['EMG Off', (endMs / 1000).toFixed(3), context, ''])
    }
  })
})

describe('FHIR', () => {
  const bundle = async (): Promise<Bundle> =>
    JSON.parse(new TextDecoder().decode((await exportOf(source, 'fhir')).bytes)) as Bundle

  test('is valid by the JSON schema of R4, the bundle and each resource', async () => {
    const made = await bundle()
    expect(fhirErrors(made)).toEqual([])
    for (const { resource } of made.entry) expect(fhirErrors(resource)).toEqual([])
    // The schema tells good from bad.
    expect(fhirErrors({ ...made, type: 'pile' })).not.toEqual([])
    expect(fhirErrors({ ...made.entry[0]?.resource, status: 7 })).not.toEqual([])
    expect(fhirErrors({ ...made.entry[0]?.resource, mood: 'good' })).not.toEqual([])
  })

  test('has a report whose results are all there, of a patient by code, in units of UCUM', async () => {
    const { entry } = await bundle()
    const urls = entry.map(({ fullUrl }) => fullUrl)
    expect(new Set(urls).size).toBe(urls.length)
    const references = [...JSON.stringify(entry).matchAll(/"reference":"([^"]+)"/g)].map(([, url]) => url)
    expect(references.filter((url) => !urls.includes(url as string))).toEqual([])
    const of = (type: string) =>
      entry.map(({ resource }) => resource).filter((each) => each.resourceType === type)
    expect(of('Patient')).toMatchObject([{ identifier: [{ value: 'P001' }] }])
    const observations = of('Observation') as Observation[]
    const figures = source.analysis.channels.flatMap(figuresOf)
    expect(observations).toHaveLength(figures.length + 2 + 1)
    for (const { valueQuantity, valueCodeableConcept, dataAbsentReason } of observations) {
      expect([valueQuantity, valueCodeableConcept, dataAbsentReason].filter(Boolean)).toHaveLength(1)
      if (valueQuantity) expect(valueQuantity).toMatchObject({ system: 'http://unitsofmeasure.org' })
    }
    expect(of('DiagnosticReport')).toMatchObject([
      { status: 'final', effectiveDateTime: '2026-03-05T09:30:15.000Z' },
    ])
  })

  test('knows units of voltage however makers write them, and leaves others as text', () => {
    const known = {
      V: 'V',
      mV: 'mV',
      µV: 'uV',
      μV: 'uV',
      microvolts: 'uV',
      mV·s: 'mV.s',
      '1/Hz⁶': 'Hz-6',
      '1/min': '/min',
    }
    for (const [unit, code] of Object.entries(known)) expect([unit, ucumOf(unit)]).toEqual([unit, code])
    fc.assert(
      fc.property(fc.string(), (unit) => {
        fc.pre(
          !/v(olts?)?(·s)?$/i.test(unit) &&
            !['1', '%', 'ms', 's', 'Hz', '1/min', '%/min', '1/Hz⁶'].includes(unit),
        )
        expect(ucumOf(unit)).toBeNull()
      }),
    )
  })
})
