/**
 * The C3D codec: `readC3d` reads any maker's file, `describeC3d` says in JSON what it holds, `writeC3d` writes one.
 * Pure: no I/O, no clock, nothing imported from outside this folder.
 */

export type { C3dAnalogChannel } from './analog.ts'
export {
  type C3dChannelDescription,
  type C3dDescription,
  type C3dParameterDescription,
  describeC3d,
} from './describe.ts'
export { C3dError, type C3dErrorCode, isC3dError } from './errors.ts'
export type { C3dEvent } from './events.ts'
export type { C3dHeader } from './header.ts'
export type { C3dGroup, C3dParameter, C3dValues } from './parameters.ts'
export type { C3dForcePlate } from './plates.ts'
export { type C3dPoint, type C3dTrajectory, POINT_REASON } from './points.ts'
export type { C3dProcessor, C3dStorage } from './processor.ts'
export type { C3dAlternativeRate } from './rates.ts'
export { type C3dReadOptions, readC3d } from './read.ts'
export type { C3dRecording } from './recording.ts'
export type { C3dRotation } from './rotation.ts'
export type { C3dMismatchField, C3dWarning, C3dWarningCode } from './warnings.ts'
export type { C3dWords } from './words.ts'
export type {
  C3dAnalogSpec,
  C3dEventSpec,
  C3dGroupSpec,
  C3dHeaderEventSpec,
  C3dParameterSpec,
  C3dPointSpec,
  C3dWriteSpec,
} from './write/spec.ts'
export { writeC3d } from './write/write.ts'
