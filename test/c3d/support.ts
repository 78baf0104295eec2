/** Shared by the C3D tests: a small recording to write, patches for what no writer should write, real files. */

import { test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type C3dRecording,
  type C3dWarning,
  type C3dWriteSpec,
  isC3dError,
  readC3d,
} from '../../src/c3d/index.ts'
import { type C3dProcessor, readFloat, writeFloat } from '../../src/c3d/processor.ts'

/** The real recordings, which belong to others and so are not in the project. */
export const REAL_FILES = join(import.meta.dir, '../../../shared/data/c3d')
export const GOLDEN = join(import.meta.dir, '../../../shared/data/golden/c3d.json')
export const hasRealFiles = existsSync(REAL_FILES) && existsSync(GOLDEN)

/** Every file of the folders named, as path from `REAL_FILES`. */
export const realFiles = (...folders: string[]): string[] =>
  hasRealFiles
    ? folders.flatMap((folder) => readdirSync(join(REAL_FILES, folder)).map((file) => `${folder}/${file}`))
    : []

export const readReal = (path: string): Promise<Uint8Array> => Bun.file(join(REAL_FILES, path)).bytes()

/** One file of `vendors` by its name. */
export const readVendor = (name: string): Promise<Uint8Array> => readReal(`vendors/${name}`)

/** A test that needs real files, and says so where they are missing. */
export const realTest = (name: string, run: () => Promise<void>): void =>
  hasRealFiles ? test(name, run) : test.skip(`SKIPPED, ../shared is missing: ${name}`, run)

/** 20 frames at 50 Hz, 2 points, 3 channels at 200 Hz. */
export function smallSpec(changes: Partial<C3dWriteSpec> = {}): C3dWriteSpec {
  const frames = 20
  const wave = (channel: number) =>
    Float64Array.from({ length: 4 * frames }, (_, i) =>
      Math.fround(Math.sin(i / 3 + channel) * (channel + 1)),
    )
  return {
    processor: 'intel',
    storage: 'float',
    pointRate: 50,
    samplesPerFrame: 4,
    points: [
      { label: 'LASI', unit: 'mm', xyz: Float64Array.from({ length: 3 * frames }, (_, i) => i + 1) },
      { label: 'RASI', unit: 'mm', xyz: Float64Array.from({ length: 3 * frames }, (_, i) => -2 * i - 1) },
    ],
    analogs: [0, 1, 2].map((c) => ({ label: `EMG${c + 1}`, unit: 'V', samples: wave(c) })),
    ...changes,
  }
}

/** What a refusal or a recording with warnings comes down to. */
export type Outcome = { code: string } | { recording: C3dRecording; warnings: string[] }

/** Reads, and lets nothing but a C3dError pass as a refusal. */
export function outcome(bytes: Uint8Array, options?: Parameters<typeof readC3d>[1]): Outcome {
  try {
    const recording = readC3d(bytes, options)
    return { recording, warnings: recording.warnings.map(({ code }) => code) }
  } catch (error) {
    if (isC3dError(error)) return { code: error.code }
    throw error
  }
}

/** The first warning of that code. */
export function warning(
  recording: C3dRecording,
  code: C3dWarning['code'],
  field?: C3dWarning['field'],
): C3dWarning {
  const found = recording.warnings.find(
    (one) => one.code === code && (field === undefined || one.field === field),
  )
  if (!found) throw new Error(`no ${code} among ${JSON.stringify(recording.warnings)}`)
  return found
}

/** A file under the knife. Every patch returns the same file, so patches chain. */
export interface Patient {
  bytes: Uint8Array
  /** Sets a 16-bit header word by its number, from 1. */
  word(index: number, value: number): Patient
  /** Sets a header float by the number of its first word. */
  float(index: number, value: number): Patient
  /** Sets bytes anywhere. */
  set(offset: number, ...values: number[]): Patient
  /** Where the parts of a parameter or group entry are. */
  entry(path: string): EntryPlace
  /** Sets the offset of an entry to its successor. */
  offset(path: string, value: number): Patient
  /** Sets element number `at` of a parameter, by its element type. */
  value(path: string, value: number, at?: number): Patient
}

/** Offsets of the parts of one entry. */
export interface EntryPlace {
  start: number
  offsetAt: number
  typeAt: number
  countAt: number
  dimensionsAt: number
  dataAt: number
  /** First byte after the data: the description's length. */
  dataEnd: number
  end: number
}

/** Opens a copy of a file for patching. The walk trusts the file, which the writer made. */
export function patch(file: Uint8Array): Patient {
  const bytes = file.slice()
  const view = new DataView(bytes.buffer)
  const section = (bytes[0]! - 1) * 512
  const processor: C3dProcessor =
    bytes[section + 3] === 85 ? 'dec' : bytes[section + 3] === 86 ? 'mips' : 'intel'
  const little = processor !== 'mips'
  const places = new Map<string, EntryPlace>()
  const groups = new Map<number, string>()
  for (let start = section + 4; bytes[start] !== 0; ) {
    const length = Math.abs(view.getInt8(start))
    const id = view.getInt8(start + 1)
    const name = new TextDecoder().decode(bytes.subarray(start + 2, start + 2 + length))
    const offsetAt = start + 2 + length
    const end = offsetAt + view.getUint16(offsetAt, little)
    if (id < 0) groups.set(-id, name)
    const count = id < 0 ? 0 : bytes[offsetAt + 3]!
    const dataAt = id < 0 ? offsetAt + 2 : offsetAt + 4 + count
    const dims = bytes.subarray(offsetAt + 4, dataAt)
    const size = id < 0 ? 0 : Math.abs(view.getInt8(offsetAt + 2)) * dims.reduce((a, b) => a * b, 1)
    const place = {
      start,
      offsetAt,
      typeAt: offsetAt + 2,
      countAt: offsetAt + 3,
      dimensionsAt: offsetAt + 4,
      dataAt,
      dataEnd: dataAt + size,
      end,
    }
    places.set(id < 0 ? name : `${groups.get(id)}:${name}`, place)
    start = end
  }
  const entry = (path: string): EntryPlace => {
    const place = places.get(path)
    if (!place) throw new Error(`the file has no ${path}`)
    return place
  }
  const patient: Patient = {
    bytes,
    word: (index, value) => {
      view.setUint16(2 * (index - 1), value, little)
      return patient
    },
    float: (index, value) => {
      writeFloat(view, 2 * (index - 1), value, processor)
      return patient
    },
    set: (offset, ...values) => {
      bytes.set(values, offset)
      return patient
    },
    entry,
    offset: (path, value) => {
      view.setUint16(entry(path).offsetAt, value, little)
      return patient
    },
    value: (path, value, at = 0) => {
      const { dataAt, typeAt } = entry(path)
      const type = view.getInt8(typeAt)
      if (type === 4) writeFloat(view, dataAt + 4 * at, value, processor)
      else if (type === 2) view.setUint16(dataAt + 2 * at, value, little)
      else bytes[dataAt + at] = value
      return patient
    },
  }
  return patient
}

/** A header float by the number of its first word. */
export const headerFloat = (bytes: Uint8Array, index: number, processor: C3dProcessor): number =>
  readFloat(new DataView(bytes.buffer, bytes.byteOffset), 2 * (index - 1), processor)

/** Where the data of an Intel or DEC file start. */
export const dataStartOf = (bytes: Uint8Array): number => ((bytes[16]! | (bytes[17]! << 8)) - 1) * 512

/** Parts of a file, one after the other. */
export function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
