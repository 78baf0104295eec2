/** Targets as they stand in a form: text while they are typed, figures or what is wrong with them when they are kept. */
import type { Answer, Body } from '../../api/client.ts'
import { typedNumber } from '../../language/amounts.ts'
import { decimalOf } from '../../language/number-of.ts'

type Target = Answer<'GET /api/patients/{code}'>['targets'][number]
export type TargetChange = NonNullable<Body<'PATCH /api/patients/{code}'>['targets']>[number]

/** One line of the form. Durations are typed in seconds. */
export interface TargetRow {
  readonly key: number
  readonly muscle: string
  readonly side: Target['side']
  readonly contractions: string
  readonly seconds: string
  readonly mvcPercent: string
}

export type TargetField = 'muscle' | 'contractions' | 'seconds' | 'mvcPercent'
export type TargetMistake = 'muscleMissing' | 'namedTwice' | 'notWhole' | 'notANumber' | 'outOfRange'
export type TargetMistakes = ReadonlyMap<number, Partial<Record<TargetField, TargetMistake>>>

export const emptyRow = (key: number): TargetRow => ({
  key,
  muscle: '',
  side: 'left',
  contractions: '',
  seconds: '',
  mvcPercent: '',
})

const text = (value: number | null): string => (value === null ? '' : typedNumber(value))

export const rowsOf = (targets: readonly Target[]): TargetRow[] =>
  targets.map(({ muscle, side, contractions, durationMs, mvcPercent }, key) => ({
    key,
    muscle,
    side,
    contractions: text(contractions),
    seconds: text(durationMs === null ? null : durationMs / 1000),
    mvcPercent: text(mvcPercent),
  }))

/** A number as people type it, with a point or a comma; null for nothing, undefined for what is none. */
export function typed(value: string): number | null | undefined {
  if (value.trim() === '') return null
  return decimalOf(value) ?? undefined
}

/** What a server stores as the same name is the same. */
const named = ({ muscle, side }: TargetRow): string =>
  `${side} ${muscle.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()}`

function check(
  value: string,
  most: number,
  { isWhole = false, mayBeZero = false } = {},
): TargetMistake | undefined {
  const figure = typed(value)
  if (figure === undefined) return 'notANumber'
  if (figure === null) return undefined
  if (isWhole && !Number.isInteger(figure)) return 'notWhole'
  return figure > most || (figure === 0 && !mayBeZero) ? 'outOfRange' : undefined
}

/** The bounds that the server has. */
export const MOST = { contractions: 10_000, seconds: 600, mvcPercent: 100 } as const

/** The targets, or what is wrong with each field. */
export function readRows(
  rows: readonly TargetRow[],
): { readonly targets: TargetChange[] } | { readonly mistakes: TargetMistakes } {
  const mistakes = new Map<number, Partial<Record<TargetField, TargetMistake>>>()
  for (const [i, row] of rows.entries()) {
    const { contractions, seconds, mvcPercent } = row
    const muscle =
      row.muscle.trim() === ''
        ? 'muscleMissing'
        : rows.slice(0, i).some((other) => named(other) === named(row))
          ? 'namedTwice'
          : undefined
    const wrong = {
      muscle,
      contractions: check(contractions, MOST.contractions, { isWhole: true }),
      seconds: check(seconds, MOST.seconds),
      mvcPercent: check(mvcPercent, MOST.mvcPercent, { mayBeZero: true }),
    }
    const found = Object.fromEntries(Object.entries(wrong).filter(([, mistake]) => mistake))
    if (Object.keys(found).length > 0) mistakes.set(row.key, found)
  }
  if (mistakes.size > 0) return { mistakes }
  return {
    targets: rows.map(({ muscle, side, contractions, seconds, mvcPercent }) => {
      const length = typed(seconds) ?? null
      return {
        muscle: muscle.trim(),
        side,
        contractions: typed(contractions) ?? null,
        // Of seconds with decimals, whole milliseconds.
        durationMs: length === null ? null : Math.round(length * 1000),
        mvcPercent: typed(mvcPercent) ?? null,
      }
    }),
  }
}
