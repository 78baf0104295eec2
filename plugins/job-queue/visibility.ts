/** Who may see which job: it is about the records that its input names, and seen by those who may see all of them. */
import { and, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type JobOperator, Problem, type RecordKind } from '../../src/sdk.ts'
import type { RecordingUser, RecordingVisibility } from '../c3d-reader/index.ts'
import { ofVisiblePatientCode, ofVisiblePatientId, ofVisibleSessionId } from '../clinical-records/index.ts'

/** What is answered where there is no such job, and to whoever may not see the one there is. */
export const jobMissing = (): Problem => new Problem(404, 'JOB_NOT_FOUND', 'There is no job with this id.')

/** Null for a text that is no UUID: nothing has it for an id. */
const uuidOf = (text: SQL): SQL =>
  sql`case when lower(${text}) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${text})::uuid end`

/** The jobs that somebody may see. */
export interface JobVisibility {
  /** As a condition on their inputs; undefined where all are seen. What names no record is nobody's in particular. */
  taking(user: RecordingUser): ((input: SQL) => SQL) | undefined
  /** The records that jobs are. */
  readonly kind: RecordKind
}

export function createJobVisibility(
  operator: Pick<JobOperator, 'list'>,
  recordings: Pick<RecordingVisibility, 'ofVisible'>,
): JobVisibility {
  const taking: JobVisibility['taking'] = (user) => {
    const { scope } = user
    if (scope === 'all') return undefined
    const names: Readonly<Record<string, (text: SQL) => SQL | undefined>> = {
      patientCode: (text) => ofVisiblePatientCode(text, scope),
      patientId: (text) => ofVisiblePatientId(uuidOf(text), scope),
      sessionId: (text) => ofVisibleSessionId(uuidOf(text), scope),
      recordingId: (text) => recordings.ofVisible(uuidOf(text), user),
    }
    return (input) => {
      const texts = Object.keys(names).map((name) => [name, sql`${input} ->> ${name}`] as const)
      return and(
        or(...texts.map(([, text]) => isNotNull(text))),
        ...texts.map(([name, text]) => or(isNull(text), names[name]?.(text))),
      ) as SQL
    }
  }
  return {
    taking,
    kind: {
      async visible(id, scope, { id: identity }) {
        const filter = taking({ id: identity, scope })
        return (await operator.list({ id, taking: filter }, 1)).length > 0
      },
      missing: jobMissing,
    },
  }
}
