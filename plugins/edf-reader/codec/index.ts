/**
 * The EDF codec: `readEdf` reads EDF, EDF+, BDF and BDF+, `describeEdf` says in JSON what a file holds, `writeEdf` writes
 * one. Pure: no I/O, no clock.
 */
export type { EdfAnnotation } from './annotations.ts'
export type { EdfChannel } from './channels.ts'
export { describeEdf, type EdfDescription } from './describe.ts'
export type { EdfErrorCode } from './errors.ts'
export type { EdfHeader, EdfSignalHeader, EdfVariant } from './header.ts'
export { type EdfEvent, type EdfRecording, readEdf } from './read.ts'
export type { EdfGap } from './timeline.ts'
export type { EdfWarning, EdfWarningCode } from './warnings.ts'
export type { EdfAnnotationSpec, EdfSignalSpec, EdfWriteSpec } from './write/spec.ts'
export { writeEdf } from './write/write.ts'
