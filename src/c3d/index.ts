/** The C3D codec: `writeC3d` makes a file's bytes. Pure: no I/O, no clock. */

export type { C3dProcessor, C3dStorage } from './processor.ts'
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
