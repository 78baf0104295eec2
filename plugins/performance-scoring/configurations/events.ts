/** What this plugin tells others. */
import * as v from 'valibot'
import { event } from '../../../src/sdk.ts'

const id = v.pipe(v.string(), v.uuid())

/** Another scoring configuration holds: for all without one of their own, for a patient, or for a session. */
export const scoringChanged = event({
  name: 'scoring.changed',
  schema: v.variant('scope', [
    v.object({ scope: v.literal('all') }),
    v.object({ scope: v.literal('patient'), patientId: id }),
    v.object({ scope: v.literal('session'), sessionId: id }),
  ]),
})
