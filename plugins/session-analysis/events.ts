/** What this plugin tells others. */
import * as v from 'valibot'
import { event } from '../../src/sdk.ts'

const id = v.pipe(v.string(), v.uuid())
const subject = { sessionId: id, patientCode: v.string(), recordingId: id }

/** The recording of a session is analysed, and the result is stored. */
export const analysisCompleted = event({
  name: 'analysis.completed',
  schema: v.object({ ...subject, analysisId: id }),
})

/** The recording of a session cannot be analysed; the session says why. */
export const analysisFailed = event({
  name: 'analysis.failed',
  schema: v.object({ ...subject, code: v.string() }),
})
