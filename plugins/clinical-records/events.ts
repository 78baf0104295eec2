/** What this plugin tells others. */
import * as v from 'valibot'
import { event } from '../../src/sdk.ts'

const id = v.pipe(v.string(), v.uuid())
const session = v.object({ sessionId: id, patientCode: v.string(), recordingId: v.nullable(id) })

/** A therapy session is there that was not. */
export const sessionCreated = event({ name: 'session.created', schema: session })

/** Something of a therapy session has changed: what it says, its recording, its status. */
export const sessionUpdated = event({ name: 'session.updated', schema: session })

/** A patient was erased, with everything that was kept of them. */
export const patientErased = event({
  name: 'patient.erased',
  schema: v.object({ patientCode: v.string() }),
})

/** Something of a patient has changed: therapist, start of treatment, targets. */
export const patientUpdated = event({
  name: 'patient.updated',
  schema: v.object({ patientCode: v.string() }),
})
