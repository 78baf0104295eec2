/** What `writeC3d` takes: a recording in physical units, and the knobs of its storage. */

import type { C3dProcessor, C3dStorage } from '../processor.ts'

/** One recording to store. Every array below is in physical units; the writer scales. */
export interface C3dWriteSpec {
  /** Number format of the whole file. */
  processor: C3dProcessor
  /** `float`: float32 samples, exact to single precision. `int`: 16-bit samples, quantised by the scales. */
  storage: C3dStorage
  /** 3D frames per second (Hz). */
  pointRate: number
  /** Analog samples per 3D frame, so the analog rate is `pointRate * samplesPerFrame`. */
  samplesPerFrame: number
  /** Number of the first 3D frame, 1 by default. May pass 65535; TRIAL then carries it. */
  firstFrame?: number
  /** 3D frames; needed only when there is neither a point nor an analog channel to count them from. */
  frames?: number
  /** 3D points, all with the same number of frames. */
  points: readonly C3dPointSpec[]
  /** Analog channels, all with `frames * samplesPerFrame` samples. */
  analogs: readonly C3dAnalogSpec[]
  /**
   * Size of one integer step of a coordinate, in point units (POINT:SCALE without its sign). By default the
   * smallest that holds every coordinate in 32000 steps and every residual in 255.
   */
  pointScale?: number
  /** ANALOG:GEN_SCALE, a factor common to all channels, 1 by default. */
  genScale?: number
  /**
   * Meaning of stored analog integers and offsets (ANALOG:FORMAT). `signed` by default. Written for `int`
   * storage, and for `float` only when given.
   */
  analogFormat?: 'signed' | 'unsigned'
  /** Events for the EVENT group. */
  events?: readonly C3dEventSpec[]
  /** At most 18 events for the header block. */
  headerEvents?: readonly C3dHeaderEventSpec[]
  /**
   * More groups. A group named like one of the writer's own (POINT, ANALOG, TRIAL, EVENT) joins it, and a
   * parameter named like one of the writer's own takes its place.
   */
  parameters?: readonly C3dGroupSpec[]
  /** The writer's own groups (`'POINT'`) and parameters (`'ANALOG:RATE'`) to leave out. */
  omit?: readonly string[]
}

/** One 3D point over time. */
export interface C3dPointSpec {
  /** POINT:LABELS. At most 255 bytes of UTF-8. */
  label: string
  /** POINT:UNITS, such as `'mm'`. */
  unit?: string
  /** POINT:DESCRIPTIONS. */
  description?: string
  /** `x, y, z` of each frame in turn: `3 * frames` values. */
  xyz: Float32Array | Float64Array
  /** Residual of each frame, in point units, not negative; 0 by default. Stored in steps of `pointScale`. */
  residual?: ArrayLike<number>
  /** Which cameras saw the point in each frame: bits 0 to 6. */
  cameras?: ArrayLike<number>
  /** Which frames hold a measured point (non-zero or true); all by default. Others are stored as residual -1. */
  valid?: ArrayLike<number | boolean>
}

/** One analog channel. `physical = (stored - offset) * scale * genScale`. */
export interface C3dAnalogSpec {
  /** ANALOG:LABELS. At most 255 bytes of UTF-8. */
  label: string
  /** ANALOG:UNITS, such as `'V'`. */
  unit?: string
  /** ANALOG:DESCRIPTIONS. */
  description?: string
  /** ANALOG:SCALE; 1 by default in float storage, and in int storage what fits the largest sample. */
  scale?: number
  /** ANALOG:OFFSET, an integer; 0 by default, 32768 in unsigned int storage. */
  offset?: number
  /** Samples in physical units: `frames * samplesPerFrame` of them. */
  samples: ArrayLike<number>
}

/** One event of the EVENT group. */
export interface C3dEventSpec {
  /** EVENT:LABELS. */
  label: string
  /** Seconds from the first stored frame (trial time). */
  time: number
  /** EVENT:CONTEXTS, such as `'Left'`. */
  context?: string
  /** EVENT:SUBJECTS. */
  subject?: string
  /** EVENT:DESCRIPTIONS. */
  description?: string
}

/** One event of the header block. */
export interface C3dHeaderEventSpec {
  /** At most 4 bytes. */
  label: string
  /** Seconds from the first stored frame. */
  time: number
  /** Whether the event is displayed, true by default. */
  on?: boolean
}

/** One parameter group. */
export interface C3dGroupSpec {
  /** 1 to 127 ASCII characters. */
  name: string
  /** At most 255 bytes. */
  description?: string
  /** Whether programs are asked not to change it. */
  locked?: boolean
  parameters: readonly C3dParameterSpec[]
}

/** One parameter. */
export interface C3dParameterSpec {
  /** 1 to 127 ASCII characters. */
  name: string
  /** Element type. `int16` takes -32768 to 65535, `int8` -128 to 255. */
  type: 'char' | 'int8' | 'int16' | 'float'
  /**
   * Up to 7 sizes of at most 255, first varies fastest. By default: none for a number, `[n]` for a list,
   * `[bytes]` for a string and `[longest, n]` for a list of strings.
   */
  dimensions?: readonly number[]
  /** A number or a list of them; a string, a list of strings or raw bytes for `char`. */
  value: number | string | ArrayLike<number> | readonly string[]
  /** At most 255 bytes. */
  description?: string
  /** Whether programs are asked not to change it. */
  locked?: boolean
}
