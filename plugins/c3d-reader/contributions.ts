/** The recording formats that were added, each with the test of its kind. */
import { type Contribution, messageOf } from '../../src/sdk.ts'
import type { RecordingFormats } from './formats.ts'
import { isUnreadable, type RecordingFormat } from './recording.ts'

/** Longest that a few thousand bytes may take: nothing is allocated, and nothing repeated, because they say so. */
const LONGEST_MS = 1000

/** Bytes that begin as a file of the format, and go on as none. */
function files({ signatures }: RecordingFormat): Array<readonly [what: string, bytes: Uint8Array]> {
  const begun = signatures.flatMap(({ offset = 0, bytes: head }, i) =>
    (
      [
        ['zeros', () => 0],
        ['ones', () => 0xff],
        ['digits', () => 0x39],
        ['noise', (at: number) => (at * 2_654_435_761) >>> 24],
      ] as const
    ).flatMap(([what, fill]) =>
      [offset + head.length, offset + head.length + 1, 512, 4096, 65_536].map((length) => {
        const bytes = Uint8Array.from({ length }, (_, at) => fill(at))
        for (let at = 0; at < head.length && offset + at < length; at++)
          bytes[offset + at] = head.charCodeAt(at)
        return [`its signature ${i + 1} with ${what}, ${length} bytes in all`, bytes] as const
      }),
    ),
  )
  return [
    ['no bytes', new Uint8Array(0)],
    ['one byte', Uint8Array.of(1)],
    ['zeros', new Uint8Array(4096)],
    ...begun,
  ]
}

/** What an answer to bytes comes to, to be held against the next one. */
function outcome(format: RecordingFormat, bytes: Uint8Array): string {
  try {
    const { format: id, channels, durationS } = format.read(bytes)
    const all = channels.map(({ name, rate, length, samples }) => [name, rate, length, samples().length])
    return JSON.stringify([id, durationS, all])
  } catch (error) {
    if (isUnreadable(error)) return `${error.code}: ${error.message}`
    throw error
  }
}

function faultsOf(format: RecordingFormat): string[] {
  return files(format).flatMap(([what, bytes]) => {
    const before = Bun.hash.xxHash3(bytes)
    const begun = performance.now()
    try {
      const first = outcome(format, bytes)
      if (performance.now() - begun > LONGEST_MS) return [`${what} takes it longer than ${LONGEST_MS} ms`]
      if (Bun.hash.xxHash3(bytes) !== before) return [`it writes into the bytes: ${what}`]
      return outcome(format, bytes) === first ? [] : [`${what} is read as another thing the second time`]
    } catch (error) {
      return [`${what} ends in no UnreadableRecording: ${messageOf(error)}`]
    }
  })
}

/** See {@link Contribution}. */
export const formatContributions = (formats: RecordingFormats): Contribution[] =>
  formats
    .list()
    .map((format) => ({ kind: 'recording format', id: format.id, examine: () => faultsOf(format) }))
