/** What this plugin tells others. */
import * as v from 'valibot'
import { event } from '../../../src/sdk.ts'

/** A recording is stored that was not there before, of whatever format. */
export const recordingStored = event({
  name: 'recording.stored',
  schema: v.object({
    recordingId: v.pipe(v.string(), v.uuid()),
    /** Of its bytes, in lower-case hexadecimal. */
    sha256: v.string(),
  }),
})
