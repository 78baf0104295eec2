/**
 * EDFlib, the library of the maker of EDFbrowser, as a process: `bun test/edf/edflib.ts read|write FILE` prints JSON. It
 * is no part of the project: Debian has it as libedf1. A process of its own, so that a fault of it ends no test run.
 */
import { dlopen, FFIType, ptr } from 'bun:ffi'

/** What EDFlib says of a file. */
export interface EdflibFile {
  readonly type: number
  /** Year, month, day, hour, minute, second. */
  readonly start: readonly number[]
  /** Units of 100 ns. */
  readonly startFraction: number
  readonly duration: number
  readonly signals: ReadonlyArray<{
    readonly label: string
    readonly unit: string
    readonly prefilter: string
    readonly transducer: string
    readonly samplesPerRecord: number
    readonly samples: readonly number[]
  }>
  readonly annotations: ReadonlyArray<{
    readonly onset: number
    readonly duration: number
    readonly text: string
  }>
}

const LIBRARY = 'libedf.so.1'

const { ptr: pointer, i32, i64, cstring, f64 } = FFIType

const open = () =>
  dlopen(LIBRARY, {
    edflib_version: { args: [], returns: i32 },
    edfopen_file_readonly: { args: [cstring, pointer, i32], returns: i32 },
    edfread_physical_samples: { args: [i32, i32, i32, pointer], returns: i32 },
    edf_get_annotation: { args: [i32, i32, pointer], returns: i32 },
    edfclose_file: { args: [i32], returns: i32 },
    edfopen_file_writeonly: { args: [cstring, i32, i32], returns: i32 },
    edf_set_samplefrequency: { args: [i32, i32, i32], returns: i32 },
    edf_set_physical_maximum: { args: [i32, i32, f64], returns: i32 },
    edf_set_physical_minimum: { args: [i32, i32, f64], returns: i32 },
    edf_set_digital_maximum: { args: [i32, i32, i32], returns: i32 },
    edf_set_digital_minimum: { args: [i32, i32, i32], returns: i32 },
    edf_set_label: { args: [i32, i32, cstring], returns: i32 },
    edf_set_physical_dimension: { args: [i32, i32, cstring], returns: i32 },
    edf_set_prefilter: { args: [i32, i32, cstring], returns: i32 },
    edf_set_transducer: { args: [i32, i32, cstring], returns: i32 },
    edf_set_startdatetime: { args: [i32, i32, i32, i32, i32, i32, i32], returns: i32 },
    edf_set_subsecond_starttime: { args: [i32, i32], returns: i32 },
    edf_set_patientname: { args: [i32, cstring], returns: i32 },
    edfwrite_physical_samples: { args: [i32, pointer], returns: i32 },
    edfwrite_annotation_utf8: { args: [i32, i64, i64, cstring], returns: i32 },
  }).symbols

/** Whether this machine has a version of it whose structures are those below. */
export const HAS_EDFLIB: boolean = (() => {
  if (process.platform !== 'linux') return false
  try {
    return Math.trunc(open().edflib_version() / 10) === 12
  } catch {
    return false
  }
})()

/** To be put behind the name of a test that needs it. */
export const edflibNote = HAS_EDFLIB ? '' : ' (skipped: EDFlib 1.2x is missing; Debian has it as libedf1)'

const bytesOf = (text: string): Buffer => Buffer.from(`${text}\0`)

/** Sizes of the structures of edflib.h 1.23 on 64 bits, and places of their members. */
const HEADER = { size: 149_344, type: 4, signals: 8, duration: 16, day: 24, fraction: 40, second: 48 }
const SIGNAL = { first: 864, size: 232, samples: 24, perRecord: 56, unit: 60, prefilter: 69, transducer: 150 }
const ANNOTATIONS = 856
const ANNOTATION = { size: 552, duration: 8, text: 32 }

const textAt = (buffer: Buffer, at: number): string =>
  buffer.subarray(at, buffer.indexOf(0, at)).toString('utf8').trimEnd()

function read(path: string): EdflibFile {
  const lib = open()
  const header = Buffer.alloc(HEADER.size)
  const READ_ALL_ANNOTATIONS = 2
  const opened = lib.edfopen_file_readonly(ptr(bytesOf(path)), ptr(header), READ_ALL_ANNOTATIONS)
  if (opened !== 0) throw new Error(`EDFlib refuses the file: ${header.readInt32LE(HEADER.type)}`)
  const handle = header.readInt32LE(0)
  const int = (at: number): number => header.readInt32LE(at)
  const long = (buffer: Buffer, at: number): number => Number(buffer.readBigInt64LE(at))
  const signals = Array.from({ length: int(HEADER.signals) }, (_, i) => {
    const at = SIGNAL.first + i * SIGNAL.size
    const count = long(header, at + SIGNAL.samples)
    const samples = new Float64Array(count)
    if (lib.edfread_physical_samples(handle, i, count, ptr(samples)) !== count)
      throw new Error('too few samples')
    return {
      label: textAt(header, at),
      unit: textAt(header, at + SIGNAL.unit),
      prefilter: textAt(header, at + SIGNAL.prefilter),
      transducer: textAt(header, at + SIGNAL.transducer),
      samplesPerRecord: int(at + SIGNAL.perRecord),
      samples: [...samples],
    }
  })
  const annotations = Array.from({ length: long(header, ANNOTATIONS) }, (_, i) => {
    const annotation = Buffer.alloc(ANNOTATION.size)
    if (lib.edf_get_annotation(handle, i, ptr(annotation)) !== 0) throw new Error('no annotation')
    return {
      onset: long(annotation, 0),
      duration: long(annotation, ANNOTATION.duration),
      text: textAt(annotation, ANNOTATION.text),
    }
  })
  lib.edfclose_file(handle)
  const { day, second } = HEADER
  return {
    type: int(HEADER.type),
    start: [day + 8, day + 4, day, second + 8, second + 4, second].map(int),
    startFraction: long(header, HEADER.fraction),
    duration: long(header, HEADER.duration),
    signals,
    annotations,
  }
}

/** What {@link write} writes: signals of so many samples a second, three seconds of them. */
export const WRITTEN = {
  seconds: 3,
  signals: [
    { label: 'EMG R VL', unit: 'uV', rate: 1000, limit: 500, prefilter: 'HP:20Hz', transducer: 'AgAgCl' },
    { label: 'Angle', unit: 'deg', rate: 50, limit: 180, prefilter: '', transducer: 'Goniometer' },
  ],
  sampleOf: (signal: number, i: number): number => (signal === 0 ? 400 : 90) * Math.sin(i * (0.1 + signal)),
  annotations: [
    { onset: 0.5, duration: null, text: 'Beginn der Übung' },
    { onset: 1.25, duration: 0.75, text: 'µ-Kontraktion' },
  ],
} as const

function write(path: string): void {
  const lib = open()
  const isBdf = path.endsWith('.bdf')
  const limit = isBdf ? 8_388_607 : 32_767
  const handle = lib.edfopen_file_writeonly(ptr(bytesOf(path)), isBdf ? 3 : 1, WRITTEN.signals.length)
  const check = (answer: number): void => {
    if (answer < 0) throw new Error(`EDFlib fails: ${answer}`)
  }
  check(handle)
  check(lib.edf_set_startdatetime(handle, 2026, 11, 21, 9, 30, 5))
  check(lib.edf_set_subsecond_starttime(handle, 2_500_000))
  check(lib.edf_set_patientname(handle, ptr(bytesOf('Harry'))))
  for (const [i, signal] of WRITTEN.signals.entries()) {
    check(lib.edf_set_samplefrequency(handle, i, signal.rate))
    check(lib.edf_set_physical_maximum(handle, i, signal.limit))
    check(lib.edf_set_physical_minimum(handle, i, -signal.limit))
    check(lib.edf_set_digital_maximum(handle, i, limit))
    check(lib.edf_set_digital_minimum(handle, i, -limit - 1))
    check(lib.edf_set_label(handle, i, ptr(bytesOf(signal.label))))
    check(lib.edf_set_physical_dimension(handle, i, ptr(bytesOf(signal.unit))))
    check(lib.edf_set_prefilter(handle, i, ptr(bytesOf(signal.prefilter))))
    check(lib.edf_set_transducer(handle, i, ptr(bytesOf(signal.transducer))))
  }
  for (let second = 0; second < WRITTEN.seconds; second++) {
    for (const [i, { rate }] of WRITTEN.signals.entries()) {
      const samples = Float64Array.from({ length: rate }, (_, k) => WRITTEN.sampleOf(i, second * rate + k))
      check(lib.edfwrite_physical_samples(handle, ptr(samples)))
    }
  }
  // Here, and only here, the library counts in 100 µs.
  for (const { onset, duration, text } of WRITTEN.annotations) {
    const length = duration === null ? -1n : BigInt(duration * 1e4)
    check(lib.edfwrite_annotation_utf8(handle, BigInt(onset * 1e4), length, ptr(bytesOf(text))))
  }
  check(lib.edfclose_file(handle))
}

/** Runs it as a process. @throws {Error} with what it said */
export async function edflib(command: 'read', path: string): Promise<EdflibFile>
export async function edflib(command: 'write', path: string): Promise<null>
export async function edflib(command: string, path: string): Promise<EdflibFile | null> {
  const child = Bun.spawn([process.execPath, import.meta.path, command, path], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

if (import.meta.main) {
  const [command, path = ''] = process.argv.slice(2)
  if (command === 'write') write(path)
  console.log(JSON.stringify(command === 'read' ? read(path) : null))
}
