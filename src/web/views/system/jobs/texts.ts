/** What jobs and their errors are called. */
import type { ProblemTexts } from '../../../ui/problem-text.ts'
import { wordOf } from '../word-of.ts'
import { words } from './words.ts'

/** What a kind of job is called; that of a plugin which brings its own goes by its name. */
export const kindOf = (name: string): string =>
  wordOf(words(), `kind_${name.replaceAll(/[.-]/g, '_')}`) ?? name

/** What a code means; that of a plugin which brings its own is said as it is. */
export const codeText = (code: string): string => wordOf(words(), code) ?? words().otherCode(code)

/** Why a job is not tried again, or not cancelled. */
export function jobProblems(): ProblemTexts {
  const { JOB_NOT_FAILED, JOB_ENDED, JOB_NOT_FOUND } = words()
  return { JOB_NOT_FAILED, JOB_ENDED, JOB_NOT_FOUND }
}
