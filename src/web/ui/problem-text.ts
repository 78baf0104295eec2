/** A problem in the words of whoever is at the page, with what to do about it. */
import type { ApiProblem } from '../api/client.ts'
import { language } from '../language/language.ts'
import { words } from './words.ts'

/** Sentences for codes; a view adds those of its own. */
export type ProblemTexts = Readonly<Record<string, string>>

/** Whether the address itself is of nothing that can be, such as a session `x`: as good as not there. */
export const isNoAddress = ({ status, errors }: ApiProblem): boolean =>
  status === 400 && errors.length > 0 && errors.every(({ path }) => path.startsWith('path.'))

/** One or two sentences. What the server says itself is English, and is shown where nothing better is known. */
export function problemText(problem: ApiProblem, own: ProblemTexts = {}): string {
  const { status, code, detail, requestId } = problem
  const t = words()
  const known = own[code]
  if (known !== undefined) return known
  if (code === 'UNREACHABLE') return t.unreachable
  if (code === 'VERSION_MISMATCH' || code === 'CHANGED_MEANWHILE') return t.changedSince
  if (status === 401) return t.signedOut
  if (status === 403) return t.forbidden
  if (status === 404 || isNoAddress(problem)) return t.missing
  if (status === 429) return t.tooMany
  if (status === 503 || status === 504) return t.unavailable
  if (status >= 500) return `${t.serverFailed} ${requestId ?? code}`
  return language.value === 'en' ? detail : `${t.invalid} (${detail})`
}
