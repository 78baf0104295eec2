/** Which patients fit what somebody types, the likeliest first. Pure. */

interface Named {
  readonly code: string
  readonly therapist?: string | null | undefined
}

/** How well one fits, 0 the best; undefined: not at all. */
function rank({ code, therapist }: Named, typed: string): number | undefined {
  const own = code.toLowerCase()
  const digits = /^p?0*(\d+)$/.exec(typed)?.[1]
  if (own === typed) return 0
  // 7 is P007 before it is P107 or P070.
  if (digits !== undefined && own.replace(/^p0*/, '') === digits) return 1
  if (own.startsWith(typed)) return 2
  if (own.includes(typed)) return 3
  return therapist?.toLowerCase().includes(typed) ? 4 : undefined
}

const byCode = (a: Named, b: Named): number =>
  a.code.length - b.code.length || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

/** Patients that fit, each once; all of them in their order where nothing was typed. */
export function suggest<P extends Named>(patients: readonly P[], text: string): P[] {
  const typed = text.trim().toLowerCase()
  if (typed === '') return [...patients]
  return patients
    .map((patient) => ({ patient, rank: rank(patient, typed) }))
    .filter((each) => each.rank !== undefined)
    .toSorted((a, b) => (a.rank as number) - (b.rank as number) || byCode(a.patient, b.patient))
    .map(({ patient }) => patient)
}

/**
 * What the server is asked for: the number of a code alone, since 7 is no part of P007 as `p7` is typed.
 *
 * @returns undefined: whoever there is
 */
export function searchOf(text: string): string | undefined {
  const typed = text.trim()
  return /^p0*(\d+)$/i.exec(typed)?.[1] ?? (typed === '' ? undefined : typed)
}
