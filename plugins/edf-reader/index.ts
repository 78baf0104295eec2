/** EDF, EDF+, BDF and BDF+ recordings beside C3D. Made as any plugin from outside could be. */
import { definePlugin } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import { bdfFormat, edfFormat } from './edf-format.ts'

export * from './codec/index.ts'

export default definePlugin({
  name: 'edf-reader',
  version: '1.0.0',
  host: '^1',
  summary: 'Reads EDF, EDF+, BDF and BDF+ recordings',
  needs: { recordings: c3dReader },
  setup({ needs }) {
    for (const format of [edfFormat, bdfFormat]) needs.recordings.formats.add(format)
  },
})
