/** What the doctor found, and what the program ends with by it. */
import { EXIT, type ExitCode, messageOf } from '../exit.ts'
import type { Finding, FindingLevel } from '../plugin/examination.ts'

/** A finding with whose it is. */
export interface Diagnosis extends Finding {
  /** `host`, or the name of a plugin. */
  readonly of: string
  /** Which examination found it. */
  readonly examination: string
  /** What a fault of it ends the program with. */
  readonly exitCode: ExitCode
}

/** The graver first: what is missing explains what is wrong with the rest. */
const GRAVEST: readonly ExitCode[] = [
  EXIT.serviceMissing,
  EXIT.cannotWrite,
  EXIT.badConfiguration,
  EXIT.ourFault,
  EXIT.badData,
]

/** The exit code of all that was found: 0 without a fault. */
export function exitCodeOf(diagnoses: readonly Diagnosis[]): ExitCode {
  const faults = new Set(diagnoses.filter(({ level }) => level === 'fault').map(({ exitCode }) => exitCode))
  return GRAVEST.find((code) => faults.has(code)) ?? EXIT.ok
}

const found = (level: FindingLevel, sentence: string, help?: string): Finding => ({
  level,
  sentence,
  ...(help === undefined ? {} : { help }),
})

export const ok = (sentence: string): Finding => found('ok', sentence)
export const warning = (sentence: string, help?: string): Finding => found('warning', sentence, help)
export const fault = (sentence: string, help?: string): Finding => found('fault', sentence, help)

/** What is found where an examination itself fails. */
export const unexamined = (error: unknown): Finding =>
  fault(`This could not be examined: ${messageOf(error).replace(/\.?$/, '.')}`)
