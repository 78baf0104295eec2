/** What is asked of a new password, so that it is said before the server refuses it. Length is what counts. */

export type PasswordFault = 'currentMissing' | 'tooShort' | 'tooAlike' | 'namedLike' | 'different'

const LEAST_LENGTH = 12
const LEAST_DIFFERENT = 5

interface Typed {
  readonly current: string
  readonly chosen: string
  readonly again: string
  /** In lower case, as the server keeps it. */
  readonly loginName: string
}

/** The faults by the field that they stand at; none: it may be sent. */
export function passwordFaults({ current, chosen, again, loginName }: Typed): {
  readonly current?: PasswordFault
  readonly chosen?: PasswordFault
  readonly again?: PasswordFault
} {
  const lower = chosen.toLowerCase()
  const fault: PasswordFault | undefined =
    chosen.length < LEAST_LENGTH
      ? 'tooShort'
      : new Set(lower).size < LEAST_DIFFERENT
        ? 'tooAlike'
        : lower.includes(loginName)
          ? 'namedLike'
          : undefined
  return {
    ...(current === '' && { current: 'currentMissing' }),
    ...(fault && { chosen: fault }),
    ...(!fault && chosen !== again && { again: 'different' }),
  }
}
