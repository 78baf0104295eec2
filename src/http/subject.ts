/** Who asks: the one place that tells. */
import type { Context } from 'hono'

/** While there are no users, all who may ask at all are one. */
const ANONYMOUS = 'anonymous'

/**
 * Names the subject of a request: two requests have the same one only where each may see all that the other may. It
 * stands in the key of every cached answer.
 */
export const subjectOf = (_request: Context['req']): string => ANONYMOUS
