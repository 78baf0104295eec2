/** What somebody looks for, by what they have typed: a patient’s code, a day, part of the name of a file. */

export interface Asked {
  /** As it was typed, without what surrounds it. */
  readonly text: string
  /** A day of the calendar, from its first instant to before the first of the next, as the clock here has it. */
  readonly day: { readonly from: string; readonly until: string } | null
  /** The id of a recording. */
  readonly id: string | null
  /** The code that the text is, in the form that the server knows: `p7` is `P007`. */
  readonly code: string | null
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** With zeros in front it has all its digits: what is shorter is still being typed. */
const CODE = /^p\s?0*([1-9]\d{0,8})$/i
const UNFINISHED = /^p\s?0\d?$/i
/** 2026-01-31. */
const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
/** 31/01/2026, 31.1.2026, 31-1-26: the day first, as it is written in Europe. */
const LOCAL_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/

function dayOf(year: number, month: number, day: number): Asked['day'] {
  const start = new Date(year, month - 1, day)
  // The calendar rolls 31 April over to 1 May: then there is no such day.
  if (start.getMonth() !== month - 1 || start.getDate() !== day) return null
  return { from: start.toISOString(), until: new Date(year, month - 1, day + 1).toISOString() }
}

function dayIn(text: string): Asked['day'] {
  const iso = ISO_DAY.exec(text)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const local = LOCAL_DAY.exec(text)
  if (!local) return null
  const [, day, month, year = ''] = local
  return dayOf(Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day))
}

/** @returns null where nothing is asked for */
export function askedFor(typed: string): Asked | null {
  const text = typed.trim().slice(0, 100)
  if (text === '') return null
  const code = UNFINISHED.test(text) ? null : CODE.exec(text)
  return {
    text,
    day: dayIn(text),
    id: ID.test(text) ? text.toLowerCase() : null,
    code: code ? `P${(code[1] as string).padStart(3, '0')}` : null,
  }
}
