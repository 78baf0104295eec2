/** What this plugin tells others. */
import * as v from 'valibot'
import { event } from '../../../src/sdk.ts'

/** There are other MVC records of a patient: amplitudes may be percentages of other values now. */
export const mvcChanged = event({ name: 'mvc.changed', schema: v.object({ patientCode: v.string() }) })
