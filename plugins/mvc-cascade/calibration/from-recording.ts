/** Calibrates the channels that a request names from a stored recording. */
import { setImmediate } from 'node:timers/promises'
import { Problem } from '../../../src/sdk.ts'
import type { Recording, RecordingChannel } from '../../c3d-reader/index.ts'
import type { NewMvcRecord } from '../records/store.ts'
import type { CalibrationRequest } from '../schema.ts'
import { voltsPer } from '../units.ts'
import { type Calibration, calibrate, type Refusal } from './calibrate.ts'

type Wanted = Pick<CalibrationRequest['channels'][number], 'channel' | 'trials'>

function findChannel(
  channels: readonly RecordingChannel[],
  wanted: Wanted['channel'],
): RecordingChannel | Refusal {
  if (typeof wanted === 'number') {
    return (
      channels[wanted] ?? { refusal: `the recording has ${channels.length} analog channels, counted from 0` }
    )
  }
  const found = channels.filter(({ name, label }) => name === wanted || label === wanted)
  // A name is unique, a label may repeat.
  const chosen = found.find(({ name }) => name === wanted) ?? (found.length === 1 ? found[0] : undefined)
  if (chosen) return chosen
  return {
    refusal:
      found.length > 1 ? 'several channels have this label' : 'the recording has no channel of this name',
  }
}

/** What a channel came to, and which one it is. */
export type CalibratedChannel = Calibration &
  Pick<NewMvcRecord, 'unitBasis'> & { readonly channel: NonNullable<NewMvcRecord['channel']> }

function calibrateChannel(channel: RecordingChannel, windows: Wanted['trials']): CalibratedChannel | Refusal {
  const unit = channel.unit?.trim() || null
  const factor = unit === null ? 1 : voltsPer(unit)
  if (factor === null) return { refusal: `its unit "${unit}" is no voltage` }
  const samples = channel.samples()
  const unitBasis = unit === null ? 'assumed' : 'declared'
  const volts = factor === 1 ? samples : samples.map((value) => value * factor)
  const calibration = calibrate(volts, channel.rate, unitBasis, windows ?? null)
  if ('refusal' in calibration) return calibration
  return { ...calibration, unitBasis, channel: { index: channel.index, name: channel.name } }
}

/** Calibrates one channel of a recording; others are served in between, as a long recording of many takes seconds. */
export async function calibrateWanted(
  recording: Recording,
  { channel: wanted, trials }: Wanted,
): Promise<CalibratedChannel | Refusal> {
  await setImmediate()
  const channel = findChannel(recording.channels, wanted)
  return 'refusal' in channel ? channel : calibrateChannel(channel, trials)
}

/**
 * The records of a calibration, one for each channel, to be appended together.
 *
 * @throws {Problem} 422 CALIBRATION_FAILED naming each channel that gives no MVC, and why
 */
export async function calibrateRecording(
  recording: Recording,
  request: CalibrationRequest,
): Promise<NewMvcRecord[]> {
  const errors: Array<{ path: string; message: string }> = []
  const records: NewMvcRecord[] = []
  for (const [i, { channel, muscle, side, trials }] of request.channels.entries()) {
    const result = await calibrateWanted(recording, { channel, trials: trials ?? request.trials })
    if ('refusal' in result) {
      errors.push({ path: `body.channels.${i}`, message: result.refusal })
      continue
    }
    records.push({
      ...result,
      muscle,
      side,
      source: 'calibration',
      method: 'rms-500',
      recordingId: request.recordingId,
      recordedBy: request.recordedBy,
      validFrom: request.validFrom,
      validUntil: request.validUntil,
    })
  }
  if (errors.length > 0) {
    const first = `${errors[0]?.path}: ${errors[0]?.message}`
    throw new Problem(422, 'CALIBRATION_FAILED', `Nothing was stored; ${first}.`, { errors })
  }
  return records
}
