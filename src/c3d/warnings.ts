/** What was odd in a file that was read all the same: one stable code each. */

/**
 * The codes of accepted oddities.
 *
 * Structure:
 * - `LEADING_ZEROS`: whole blocks of zeros stand before the header.
 * - `PROCESSOR_SHORT`: the processor is stored as 1, 2 or 3 instead of 84, 85 or 86.
 * - `PARAM_BLOCKS`: the block count of the parameter section is too small.
 * - `NO_PARAMETERS`: there is no parameter; everything is read from the header.
 * - `PARAM_JUNK`: the section ends in bytes that are no entry; what came before was kept.
 * - `PARAM_OFFSET`: an entry's offset leads nowhere; the next entry was found by the entry's own size.
 * - `PARAM_CLIPPED`: a parameter declares more data, or a longer description, than its entry holds.
 * - `PARAM_TYPE_UNKNOWN`: a parameter nobody needs has an element type that does not exist.
 * - `PARAM_NON_FINITE`: a parameter holds NaN or infinity.
 * - `PARAM_OMITTED`: a description leaves out parameters, whose values would take too much memory.
 * - `ORPHAN_PARAMETERS`: parameters of a group that is not declared; kept as group `#id`.
 * - `DUPLICATE_GROUP`, `DUPLICATE_PARAMETER`: names that occur twice; groups merged, the first parameter kept.
 * - `ALIAS`: a parameter was found under a name that only some programs use.
 * - `RANGE_SECTION`: the header announces a label and range section; it is ignored.
 *
 * Text:
 * - `TEXT_ENCODING`: text that is not UTF-8 was read as Windows-1252.
 * - `TEXT_CONTROL`: control characters in text were replaced by spaces.
 * - `TEXT_NUL`: text is padded with NUL instead of spaces.
 *
 * Sizes:
 * - `MISMATCH`: header and parameters disagree on `field`; `used` says which value was taken.
 * - `FRAME_RANGE`: the header's first and last frame are no range.
 * - `TRIAL_INVALID`: TRIAL's fields end before they start, and were ignored.
 * - `TRUNCATED`: fewer frames are `present` than `declared`.
 * - `TRAILING_DATA`: a block or more follows the last frame.
 * - `ROTATION_START`: the start of the rotation data contradicts the frames, and was ignored.
 * - `LAST_FRAME_PADDED`: the last frame of an analog-only file ends in zeros, probably padding.
 *
 * Rates, scales and labels:
 * - `RATE_INVALID`: a rate is not plausible and was ignored.
 * - `RATE_DISAGREES`: something in the file suggests another rate than the one used.
 * - `SCALE_INVALID`: a point scale is 0, NaN or missing.
 * - `GEN_SCALE_INVALID`: ANALOG:GEN_SCALE is 0, NaN or infinite; 1 was used.
 * - `ANALOG_SCALE_INVALID`: a channel's scale is NaN or infinite and 1 was used, or is 0.
 * - `ANALOG_SCALE_SHORT`: fewer scales or offsets than channels; 1 and 0 were used for the rest.
 * - `ANALOG_OFFSET_INVALID`: a channel's offset is NaN or infinite; 0 was used.
 * - `OFFSET_SIGN`: channels were read as unsigned because of their offset, not of ANALOG:FORMAT.
 * - `MISSING`: parameters that a complete file has are missing.
 * - `LABELS_SHORT`: fewer labels than points or channels.
 * - `LABELS_DUPLICATE`: labels that occur twice or are blank; names were made unique.
 *
 * Content:
 * - `NO_ANALOG`: there is no analog channel, so no EMG.
 * - `ANALOG_NON_FINITE`: samples are NaN, infinite or beyond 1e30; per channel with the first sample.
 * - `DATA_ERASED`: every byte of the data is 0xFF.
 * - `POINTS_INVALID`: no point is valid in any frame.
 * - `POINTS_NON_FINITE`: points have NaN or infinite coordinates.
 * - `RESIDUAL_UNKNOWN`: residual words out of range; the points were kept.
 * - `EVENT_COUNT`: the header counts more than its 18 events, or EVENT more than it holds.
 * - `EVENT_TIME`: events have no time, or one outside the recording.
 * - `FORCE_PLATE`: force plate parameters contradict the channels.
 */
export type C3dWarningCode =
  | 'LEADING_ZEROS'
  | 'PROCESSOR_SHORT'
  | 'PARAM_BLOCKS'
  | 'NO_PARAMETERS'
  | 'PARAM_JUNK'
  | 'PARAM_OFFSET'
  | 'PARAM_CLIPPED'
  | 'PARAM_TYPE_UNKNOWN'
  | 'PARAM_NON_FINITE'
  | 'PARAM_OMITTED'
  | 'ORPHAN_PARAMETERS'
  | 'DUPLICATE_GROUP'
  | 'DUPLICATE_PARAMETER'
  | 'ALIAS'
  | 'RANGE_SECTION'
  | 'TEXT_ENCODING'
  | 'TEXT_CONTROL'
  | 'TEXT_NUL'
  | 'MISMATCH'
  | 'FRAME_RANGE'
  | 'TRIAL_INVALID'
  | 'TRUNCATED'
  | 'TRAILING_DATA'
  | 'ROTATION_START'
  | 'LAST_FRAME_PADDED'
  | 'RATE_INVALID'
  | 'RATE_DISAGREES'
  | 'SCALE_INVALID'
  | 'GEN_SCALE_INVALID'
  | 'ANALOG_SCALE_INVALID'
  | 'ANALOG_SCALE_SHORT'
  | 'ANALOG_OFFSET_INVALID'
  | 'OFFSET_SIGN'
  | 'MISSING'
  | 'LABELS_SHORT'
  | 'LABELS_DUPLICATE'
  | 'NO_ANALOG'
  | 'ANALOG_NON_FINITE'
  | 'DATA_ERASED'
  | 'POINTS_INVALID'
  | 'POINTS_NON_FINITE'
  | 'RESIDUAL_UNKNOWN'
  | 'EVENT_COUNT'
  | 'EVENT_TIME'
  | 'FORCE_PLATE'

/** The fields on which a header and its parameters can disagree. */
export type C3dMismatchField =
  | 'points'
  | 'channels'
  | 'samplesPerFrame'
  | 'frames'
  | 'firstFrame'
  | 'storage'
  | 'scale'
  | 'rate'
  | 'dataStart'

/** One accepted oddity. */
export interface C3dWarning {
  /** The stable code. */
  code: C3dWarningCode
  /** One sentence for a person. */
  message: string
  /** `MISMATCH`: what the sources disagree on. */
  field?: C3dMismatchField
  /** The value that was used. */
  used?: number | string
  /** The values that were not used, by source. */
  others?: Readonly<Record<string, number | string>>
  /** How many places are concerned. */
  count?: number
  /** Parameters or labels concerned, at most 20 of `count`. */
  where?: readonly string[]
  /** `TRUNCATED`: frames that the file declares, and holds. */
  declared?: number
  present?: number
  /** Bytes concerned. */
  bytes?: number
  /** Channels concerned, with how many samples and the first of them. */
  channels?: readonly { index: number; count: number; first: number }[]
}

/** How many places a warning names. */
const NAMED_PLACES = 20

/** Collects warnings: those of one code and sentence that occur in many places become one. */
export interface WarningLog {
  /** Adds a warning that stands alone. */
  add(warning: C3dWarning): void
  /** Adds one more place to the warning of this code. `sentence` completes "N parameters ...". */
  place(code: C3dWarningCode, sentence: string, where: string): void
  /** All warnings so far, in the order of their first occurrence. */
  list(): C3dWarning[]
}

/** A fresh, empty log. */
export function createWarningLog(): WarningLog {
  const entries: (C3dWarning | { code: C3dWarningCode; sentence: string; where: string[]; count: number })[] =
    []
  const byCode = new Map<string, { where: string[]; count: number }>()
  return {
    add: (warning) => {
      entries.push(warning)
    },
    place: (code, sentence, where) => {
      const key = `${code} ${sentence}`
      let entry = byCode.get(key)
      if (!entry) {
        const fresh = { code, sentence, where: [], count: 0 }
        entries.push(fresh)
        entry = fresh
        byCode.set(key, fresh)
      }
      entry.count++
      if (entry.where.length < NAMED_PLACES) entry.where.push(where)
    },
    list: () =>
      entries.map((entry) => {
        if (!('sentence' in entry)) return entry
        const { code, sentence, where, count } = entry
        const rest = count > 3 ? ` and ${count - 3} more` : ''
        return { code, message: `${where.slice(0, 3).join(', ')}${rest}: ${sentence}`, count, where }
      }),
  }
}
