/** What a calibration would give, to be looked at before it is stored. */
import type * as v from 'valibot'
import type { Recording } from '../../c3d-reader/index.ts'
import type { PreviewAnswer, PreviewBody } from '../schema.ts'
import { calibrateWanted } from './from-recording.ts'

type Wanted = v.InferOutput<typeof PreviewBody>['channels']
type Previewed = v.InferInput<typeof PreviewAnswer>['items']

/** Calibrates each channel by itself: one that gives no MVC says why, and keeps no other from showing its own. */
export async function previewCalibration(recording: Recording, wanted: Wanted): Promise<Previewed> {
  const items: Previewed = []
  for (const each of wanted) {
    const result = await calibrateWanted(recording, each)
    const { channel } = each
    if ('refusal' in result) {
      const none = { value: null, unitBasis: null, trials: [], spreadPercent: null, flags: [] }
      items.push({ channel, ...none, unit: 'V', reason: result.refusal })
      continue
    }
    const { value, unitBasis, trials, spreadPercent, flags } = result
    items.push({
      channel,
      value,
      unit: 'V',
      unitBasis,
      trials: [...trials],
      spreadPercent,
      flags: [...flags],
      reason: null,
    })
  }
  return items
}
