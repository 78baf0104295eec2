/** MVC values for those who are not to learn who anybody is: without the words of the clinic, or of a file. */
import type { MvcRecord } from './records/record.ts'
import type { MvcResolution } from './resolve/resolution.ts'

/** What a value that somebody entered is called where its own method is not told. */
const MANUAL = 'manual'

/** Without who entered it, and how in their own words. */
export const pseudonymousRecord = (record: MvcRecord): MvcRecord => ({
  ...record,
  method: record.source === 'manual' ? MANUAL : record.method,
  recordedBy: null,
})

const METHODS: Readonly<Record<string, string>> = { manual: MANUAL, 'recording-metadata': 'c3d-parameter' }

/** The rung of the metadata quotes what the file says. */
const passedOver = (each: MvcResolution['passedOver'][number]): MvcResolution['passedOver'][number] =>
  each.source !== 'recording-metadata' || each.reason.endsWith('comes before it')
    ? each
    : { ...each, reason: 'the recording’s metadata gives no value that holds' }

/** An answer of the cascade, without what somebody has written of a value, or a file. */
export const pseudonymousResolution = <R extends MvcResolution>(resolution: R): R => ({
  ...resolution,
  method: METHODS[resolution.source ?? ''] ?? resolution.method,
  passedOver: resolution.passedOver.map(passedOver),
})
