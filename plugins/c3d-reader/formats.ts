/** The formats a recording may come in. */
import { type Recording, type RecordingFormat, UnreadableRecording } from './recording.ts'

export interface RecordingFormats {
  /** Adds a format. The first that recognises a file reads it. */
  add(format: RecordingFormat): void
  /** Media type of a stored recording. */
  mediaType(id: string): string
  /** @throws {UnreadableRecording} */
  read(bytes: Uint8Array): Recording
}

/** @param fallback reads what nobody recognises, and so says what is wrong with it */
export function createFormats(fallback: RecordingFormat): RecordingFormats {
  const formats: RecordingFormat[] = [fallback]
  return {
    add(format) {
      if (formats.some((each) => each.id === format.id)) {
        throw new RangeError(`a recording format "${format.id}" is there already`)
      }
      formats.push(format)
    },
    mediaType: (id) => formats.find((each) => each.id === id)?.mediaType ?? 'application/octet-stream',
    read(bytes) {
      if (bytes.length === 0) throw new UnreadableRecording('EMPTY', 'the file is empty')
      return (formats.find((each) => each.recognises(bytes)) ?? fallback).read(bytes)
    },
  }
}
