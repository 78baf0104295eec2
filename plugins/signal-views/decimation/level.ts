/** One level of the pyramid of a picture: the extremes of its blocks, and what is missing. */
import * as v from 'valibot'
import { pack, unpack } from '../wire/packed.ts'
import { type Extremes, extremesOf, mergeExtremes } from './extremes.ts'
import type { Block, Grid } from './grid.ts'
import { MISSING_REASONS, type MissingRun, mergeRuns, missingRuns, nonFiniteMask } from './missing.ts'

/** A channel as it is drawn. */
export interface Picture {
  readonly x: Float64Array
  /** 1 where a sample is missing; null where none is. */
  readonly mask: Uint8Array | null
  /** Tells why samples are missing. */
  readonly source: Float64Array
}

/** What there is instead of a picture. */
export interface NoPicture {
  /** A sentence's end. */
  readonly reason: string
}

/** A picture of samples of which only those are missing that are no numbers. */
export const plainPicture = (x: Float64Array): Picture => ({ x, mask: nonFiniteMask(x), source: x })

export interface Level extends Extremes {
  /** Runs of missing samples, with at least a block between them. */
  readonly runs: readonly MissingRun[]
}

/** The values of a grid: one each sample, or two each window. */
export type Drawn = { readonly runs: readonly MissingRun[] } & ({ readonly values: Float64Array } | Extremes)

const KIND = 'MYOL'

const Head = v.union([
  v.strictObject({ reason: v.string() }),
  v.strictObject({
    blocks: v.pipe(v.number(), v.integer(), v.minValue(0)),
    runs: v.array(v.tuple([v.number(), v.number(), v.number(), v.picklist(MISSING_REASONS)])),
  }),
])

export function levelOf({ x, mask, source }: Picture, block: Block): Level {
  const { min, max } = extremesOf(x, mask, { start: 0, end: x.length }, block)
  return { min, max, runs: mergeRuns(missingRuns(source, mask), block) }
}

export function packLevel(level: Level | NoPicture): Uint8Array<ArrayBuffer> {
  if ('reason' in level) return pack(KIND, { reason: level.reason }, [])
  const { min, max, runs } = level
  const rows = runs.map(({ start, end, missing, reason }) => [start, end, missing, reason])
  return pack(KIND, { blocks: min.length, runs: rows }, [min, max])
}

/** @throws for bytes that {@link packLevel} did not make */
export function unpackLevel(bytes: Uint8Array): Level | NoPicture {
  const unpacked = unpack(KIND, bytes)
  const head = v.parse(Head, unpacked.head)
  if ('reason' in head) return head
  const { blocks, runs } = head
  const { body } = unpacked
  if (body.length !== 16 * blocks) throw new RangeError('it has not as many blocks as it says')
  return {
    min: new Float64Array(body.buffer, body.byteOffset, blocks),
    max: new Float64Array(body.buffer, body.byteOffset + 8 * blocks, blocks),
    runs: runs.map(([start, end, missing, reason]) => ({ start, end, missing, reason })),
  }
}

/** Whether a value is what {@link packLevel} makes. */
export function isPackedLevel(value: unknown): value is Uint8Array {
  try {
    return value instanceof Uint8Array && unpackLevel(value) !== null
  } catch {
    return false
  }
}

/** Those that a grid shows, put together where less than a window lies between them. */
const runsIn = (runs: readonly MissingRun[], { start, end, length }: Grid): MissingRun[] =>
  mergeRuns(
    runs.filter((run) => run.end > start && run.start < end),
    length,
  )

/** @param level of the grid's block */
export function drawLevel(level: Level, grid: Grid & { readonly block: Block }): Drawn {
  const { start, end, length, block } = grid
  return {
    ...mergeExtremes(level, start / block, Math.ceil(end / block), length / block),
    runs: runsIn(level.runs, grid),
  }
}

/** The grid from the samples themselves. */
export function drawSamples({ x, mask, source }: Picture, grid: Grid): Drawn {
  const { start, end, length } = grid
  const runs = runsIn(missingRuns(source, mask), grid)
  if (length > 1) return { ...extremesOf(x, mask, grid, length), runs }
  const values = x.slice(start, end)
  if (mask) for (let i = 0; i < values.length; i++) if (mask[start + i] === 1) values[i] = Number.NaN
  return { values, runs }
}
