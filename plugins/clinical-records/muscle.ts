/** How a muscle is named: free text in one form, and a side. */

import * as v from 'valibot'
import { printable } from '../../src/sdk.ts'

/** The sides a muscle can be of. */
export const SIDES = ['left', 'right', 'none'] as const

/** `none` for a muscle without sides, or where the side is not told apart. */
export type Side = (typeof SIDES)[number]

/**
 * A muscle's name in the one form it is stored and compared in: NFC, lower case, single-spaced.
 *
 * @example
 * normaliseMuscle('  Vastus  Lateralis ') // 'vastus lateralis'
 */
export const normaliseMuscle = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/** A muscle's name from a client; normalised. Control characters and lone surrogates are refused. */
export const MuscleName = v.pipe(
  v.string(),
  v.maxLength(100),
  v.transform(normaliseMuscle),
  v.minLength(1, 'expected the name of a muscle'),
  v.maxLength(100),
  printable,
  v.description('Name of the muscle, free text; stored in lower case with single spaces'),
)

/** The schema of a side; see {@link SIDES}. */
export const SideName = v.pipe(
  v.picklist(SIDES),
  v.description('`none` for a muscle without sides, or where the side is not told apart'),
)
