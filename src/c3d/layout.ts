/**
 * The reading rule: which counts make the frames fit the file.
 *
 * A file says how many points, channels, sub-frames and frames it holds in several places, and they disagree.
 * What decides is the size: the combination that needs no more bytes than there are, and leaves less than one
 * 512-byte block. Ties go to the header for counts and to the parameters for frames.
 */

import type { C3dStorage } from './processor.ts'

const BLOCK = 512

/** A value and where in the file it was found. */
export interface Candidate<T> {
  value: T
  source: string
  /** `agreed`: header and parameters both say so. `guess`: nobody does, so only an exact fit proves it. */
  trust?: 'agreed' | 'guess'
}

/** Analog channels and the samples of each in one 3D frame. */
export interface AnalogCounts {
  channels: number
  samplesPerFrame: number
}

/** All that the file says; each list in order of preference. */
export interface LayoutSources {
  /** Bytes from the data start to the end of the frames. */
  available: number
  storages: readonly Candidate<C3dStorage>[]
  points: readonly Candidate<number>[]
  analogs: readonly Candidate<AnalogCounts>[]
  frames: readonly Candidate<number>[]
}

/** The combination that was taken. */
export interface Layout {
  storage: Candidate<C3dStorage>
  points: Candidate<number>
  analogs: Candidate<AnalogCounts>
  /** Frames as declared by the source that was believed. */
  frames: Candidate<number>
  /** Whole frames that the bytes hold, at most the declared ones. */
  framesPresent: number
  /** Words of one frame. */
  stride: number
  /** Bytes of one frame. */
  frameBytes: number
  /**
   * `exact`: fits, and less than a block is left. `trailing`: fits, and more is left. `truncated`: more is
   * declared than there is. `empty`: a frame has no words.
   */
  fit: 'exact' | 'trailing' | 'truncated' | 'empty'
}

/** The best combination, or nothing when not even one frame of any combination fits. */
export function chooseLayout(sources: LayoutSources): Layout | undefined {
  const stated = combinations(sources, sources.frames)
  const exact = stated.find(({ fit }) => fit === 'exact')
  if (exact) return exact
  const derived = combinations(sources, []).find(({ fit }) => fit === 'exact')
  if (derived) return derived
  // When nothing fits exactly, the size proves nothing, and what both sources say beats any guess.
  const agreed = stated.filter(
    ({ points, analogs }) => points.trust === 'agreed' && analogs.trust === 'agreed',
  )
  const pool = agreed.length > 0 ? agreed : stated.filter(({ analogs }) => analogs.trust !== 'guess')
  const largest = (best: Layout | undefined, next: Layout) =>
    best && best.framesPresent * best.frameBytes >= next.framesPresent * next.frameBytes ? best : next
  return (
    pool.filter(({ fit }) => fit === 'trailing').reduce(largest, undefined as Layout | undefined) ??
    pool.find(({ fit, framesPresent }) => fit === 'truncated' && framesPresent > 0) ??
    stated.find(({ fit }) => fit === 'empty')
  )
}

/** Every combination in order of preference; without `frames`, frame counts that the size suggests. */
function combinations(sources: LayoutSources, frames: readonly Candidate<number>[]): Layout[] {
  const { storages, points, analogs, available } = sources
  const all: Layout[] = []
  for (const storage of storages)
    for (const point of points)
      for (const analog of analogs) {
        const stride = 4 * point.value + analog.value.channels * analog.value.samplesPerFrame
        const frameBytes = stride * (storage.value === 'float' ? 4 : 2)
        const counts = frames.length > 0 ? frames : framesBySize(sources.frames, available, frameBytes)
        for (const count of counts) {
          const framesPresent =
            frameBytes === 0 ? 0 : Math.min(count.value, Math.floor(available / frameBytes))
          const fit = fitOf(count.value, frameBytes, available)
          all.push({
            storage,
            points: point,
            analogs: analog,
            frames: count,
            framesPresent,
            stride,
            frameBytes,
            fit,
          })
        }
      }
  return all
}

function fitOf(frames: number, frameBytes: number, available: number): Layout['fit'] {
  if (frameBytes === 0) return 'empty'
  if (frames * frameBytes > available) return 'truncated'
  return available - frames * frameBytes < BLOCK ? 'exact' : 'trailing'
}

/**
 * Frame counts for files whose own count wrapped at 65536 or stopped at 65535, or that have none: the whole
 * frames there are, when some stated count allows it.
 */
function framesBySize(
  stated: readonly Candidate<number>[],
  available: number,
  frameBytes: number,
): Candidate<number>[] {
  const whole = frameBytes === 0 ? 0 : Math.floor(available / frameBytes)
  if (whole === 0) return []
  if (stated.length === 0) return [{ value: whole, source: 'size' }]
  const wrapped = stated.some(
    ({ value }) => whole > 0xffff && (value === 0xffff || (whole - value) % 0x10000 === 0),
  )
  return wrapped ? [{ value: whole, source: 'size' }] : []
}
