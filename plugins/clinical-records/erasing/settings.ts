/** How long records are kept: settings of the plugin. */
import * as v from 'valibot'
import { duration, optionalSetting } from '../../../src/sdk.ts'

const DAY_MS = 86_400_000

const days = v.pipe(duration, v.minValue(DAY_MS))

/** The section `clinical-records` of the configuration. */
export const RecordsConfig = v.object({
  keepFor: optionalSetting(days, {
    summary: 'How long records must be kept from the newest session of a patient on; absent: not at all',
    allowed: 'a time in days such as 3650d',
    env: 'RETENTION_KEEP',
  }),
  retention: optionalSetting(days, {
    summary: 'How long after their newest session patients are erased; absent: never',
    allowed: 'a time in days such as 7300d',
    env: 'RETENTION_SESSIONS',
  }),
})
