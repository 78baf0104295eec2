/** The formats that a recording may come in. Plugins add theirs here. */
import * as v from 'valibot'
import type { Borrower } from '../../src/sdk.ts'
import { builtInOwner, idOf, Line, type Owner, quarantineSentence, requireShape } from './contribution.ts'
import { guardFormat } from './foreign-format.ts'
import {
  type FormatSignature,
  type Recording,
  type RecordingFormat,
  UnreadableRecording,
} from './recording.ts'

/** Bytes from the start within which signatures lie. */
const HEAD = 4096

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/
const EXTENSION = /^\.[\w.-]{1,16}$/

const FormatShape = v.object({
  type: v.literal('recording-format'),
  id: v.pipe(v.string(), v.maxLength(64)),
  summary: Line,
  reference: Line,
  mediaType: v.string(),
  extensions: v.array(v.string()),
  signatures: v.array(v.object({ offset: v.optional(v.number()), bytes: v.string() })),
  read: v.function(),
})

/**
 * The formats by their ids. A file is of the format whose signature it matches; of several, of the one that fixes the
 * most bytes. Which plugin came first never matters: two signatures that one file could match, of the same number of
 * bytes, are refused.
 */
export interface RecordingFormats {
  /**
   * Adds a format, while the plugin is set up. From then on its files are accepted wherever recordings are.
   *
   * @throws {RangeError} when it is malformed, its id is taken, its signatures are none, or one of them collides with
   * another format's
   * @example
   * ```ts
   * setup: ({ needs }) => needs.recordings.formats.add(edfFormat),
   * ```
   */
  add(format: RecordingFormat): void
  /**
   * @throws {UnreadableRecording} FORMAT_MISSING: recordings of it are stored, and its plugin is not there;
   * PLUGIN_QUARANTINED: that is not to be run
   */
  require(id: string): RecordingFormat
  list(): readonly RecordingFormat[]
  /**
   * The plugin that a format is from.
   *
   * @throws {UnreadableRecording} FORMAT_MISSING
   */
  ownerOf(id: string): Owner
  /** Media type of a stored recording; that of any bytes where the plugin of its format is not there. */
  mediaType(id: string): string
  /** The format of a file. @param bytes the first 4096 of them will do */
  recognise(bytes: Uint8Array): RecordingFormat
  /** @throws {UnreadableRecording} also PLUGIN_QUARANTINED: the plugin of its format is not to be run */
  read(bytes: Uint8Array): Recording
  /** The same formats, to which a plugin adds what is its own; each is gone again with the plugin. */
  lendTo(borrower: Borrower): RecordingFormats
}

const matches = ({ offset = 0, bytes: expected }: FormatSignature, bytes: Uint8Array): boolean => {
  for (let i = 0; i < expected.length; i++) if (bytes[offset + i] !== expected.charCodeAt(i)) return false
  return true
}

/** Whether one file could match both, and neither of them more closely. */
function collide(a: FormatSignature, b: FormatSignature): boolean {
  if (a.bytes.length !== b.bytes.length) return false
  const { offset: startA = 0 } = a
  const { offset: startB = 0 } = b
  const end = Math.min(startA, startB) + a.bytes.length
  for (let at = Math.max(startA, startB); at < end; at++) {
    if (a.bytes[at - startA] !== b.bytes[at - startB]) return false
  }
  return true
}

/** What is wrong with a format by itself. */
function fault({ id, mediaType, extensions, signatures }: RecordingFormat): string | undefined {
  if (!ID.test(id)) return `the id "${id}" of a recording format is not in kebab-case`
  if (!MEDIA_TYPE.test(mediaType)) return `the media type of the recording format "${id}" is none`
  if (!extensions.every((each) => EXTENSION.test(each))) {
    return `an extension of the recording format "${id}" is no end of a file name`
  }
  if (signatures.length === 0) return `the recording format "${id}" has no signature`
  const odd = signatures.find(
    ({ offset = 0, bytes }) =>
      bytes.length === 0 ||
      !Number.isSafeInteger(offset) ||
      offset < 0 ||
      offset + bytes.length > HEAD ||
      [...bytes].some((letter) => letter > '\xff'),
  )
  return odd && `a signature of the recording format "${id}" is no bytes within the first ${HEAD}`
}

/**
 * @param fallback reads what nobody recognises, and so says what is wrong with it
 * @param keeper the plugin that it is from
 */
export function createFormats(
  fallback: RecordingFormat,
  keeper: Owner = builtInOwner('c3d-reader', '1.0.0'),
): RecordingFormats {
  const formats = new Map<string, { readonly format: RecordingFormat; readonly owner: Owner }>()
  /** Of all formats, those of the most bytes first. */
  let known: ReadonlyArray<readonly [FormatSignature, RecordingFormat]> = []

  /** @returns what takes it away again */
  function add(added: RecordingFormat, owner: Owner): () => void {
    requireShape(FormatShape, added, `recording format "${idOf(added)}"`)
    const wrong = fault(added)
    if (wrong) throw new RangeError(wrong)
    const format = owner.origin === 'external' ? guardFormat(added, owner) : added
    const { id, signatures } = format
    if (formats.has(id)) throw new RangeError(`there is a recording format "${id}" already`)
    const taken = known.find(([other]) => signatures.some((each) => collide(each, other)))
    if (taken) {
      throw new RangeError(`files of the recording format "${id}" could begin as those of "${taken[1].id}"`)
    }
    formats.set(id, { format, owner })
    known = [...known, ...signatures.map((each) => [each, format] as const)].sort(
      ([a], [b]) => b.bytes.length - a.bytes.length,
    )
    return () => {
      formats.delete(id)
      known = known.filter(([, other]) => other !== format)
    }
  }

  function entryOf(id: string) {
    const entry = formats.get(id)
    if (entry) return entry
    throw new UnreadableRecording('FORMAT_MISSING', `no plugin here reads the format "${id}"`)
  }

  /** @throws {UnreadableRecording} PLUGIN_QUARANTINED */
  function able(format: RecordingFormat): RecordingFormat {
    const { name, quarantined } = entryOf(format.id).owner
    const reason = quarantined()
    if (reason === undefined) return format
    throw new UnreadableRecording('PLUGIN_QUARANTINED', quarantineSentence(name, reason))
  }

  function recognise(bytes: Uint8Array): RecordingFormat {
    if (bytes.length === 0) throw new UnreadableRecording('EMPTY', 'the file is empty')
    return known.find(([signature]) => matches(signature, bytes))?.[1] ?? fallback
  }

  add(fallback, keeper)
  const shared = {
    require: (id: string) => able(entryOf(id).format),
    list: () => [...formats.values()].map(({ format }) => format),
    ownerOf: (id: string) => entryOf(id).owner,
    mediaType: (id: string) => formats.get(id)?.format.mediaType ?? 'application/octet-stream',
    recognise,
    read(bytes: Uint8Array) {
      const format = able(recognise(bytes))
      const recording = format.read(bytes)
      if (recording.format !== format.id) {
        throw new RangeError(`the recording format "${format.id}" calls its recordings "${recording.format}"`)
      }
      return recording
    },
  }
  const lendTo = (borrower: Borrower): RecordingFormats => ({
    ...shared,
    add: (format) => borrower.onLeave(add(format, borrower)),
    lendTo,
  })
  return { ...shared, add: (format) => void add(format, keeper), lendTo }
}
