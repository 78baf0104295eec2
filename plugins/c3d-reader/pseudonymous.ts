/** What is kept from those who are not to learn who anybody is: texts that people write, and files as they came. */
import * as v from 'valibot'
import { type Identity, Problem } from '../../src/sdk.ts'
import type { RecordingDescription } from './recording.ts'

/** Names what an answer leaves out, and so why it is not there. */
export const Withheld = v.pipe(
  v.optional(v.array(v.string())),
  v.description('What is left out, since who asks sees pseudonymised data only; absent where nothing is'),
)

/** How the schema of an answer says so of one part. */
export const PSEUDONYMISED = 'absent where pseudonymised data only is seen: `withheld` names it then'

/**
 * Refuses what cannot be pseudonymised, since it is free text or a file as a whole.
 *
 * @throws {Problem} 403 PSEUDONYMISED_ONLY
 */
export function requireNames({ pseudonymous }: Pick<Identity, 'pseudonymous'>): void {
  if (!pseudonymous) return
  throw new Problem(
    403,
    'PSEUDONYMISED_ONLY',
    'This may tell who a patient is, and is not for those who see pseudonymised data only.',
  )
}

/** Names of channels and their units: without them no figure says what it is of. */
const LABELS = new Set(['analogLabels', 'analogUnits'])
const LABEL = new Set(['label', 'unit'])

const isFigure = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || value === null

/** Statistics of one channel. */
const ofChannel = (channel: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(channel ?? {}).filter(([name, value]) => isFigure(value) || LABEL.has(name)),
  )

/**
 * What a file says, without text that somebody has written into it: figures, labels and units of the channels, and their
 * statistics. Parameters, events, labels of points and all that a format adds are such text, or may be.
 */
export const pseudonymousDescription = (description: RecordingDescription): RecordingDescription =>
  Object.fromEntries(
    Object.entries(description).flatMap(([name, value]) => {
      if (name === 'channels' && Array.isArray(value)) return [[name, value.map(ofChannel)]]
      return isFigure(value) || LABELS.has(name) ? [[name, value]] : []
    }),
  )
