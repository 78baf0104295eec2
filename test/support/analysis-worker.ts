/** Analyses recordings in a Worker: answers each file's bytes with the JSON of both presets. */
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { analyze, planOf } from './analysis.ts'

declare const self: Worker

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  const recording = c3dFormat.read(data)
  self.postMessage(
    ['clinical', 'ghostly'].map((preset) => JSON.stringify(analyze(recording, planOf(preset)))),
  )
}
