/** The pictures of a channel: as the file has it, as the analysis sees it, or as the device itself drew it. */
import type { RecordingChannel } from '../c3d-reader/index.ts'
import { type AnalysisPlan, conditionStepwise, prepareChannel } from '../emg-analyzer/index.ts'
import { type NoPicture, type Picture, plainPicture } from './decimation/level.ts'

/** What there is to look at, from the samples of the file to what is made of them. */
export const VIEWS = ['raw', 'filtered', 'envelope', 'activated'] as const

/** One of the views. */
export type View = (typeof VIEWS)[number]

/** What a picture is drawn of. */
export interface Subject {
  readonly channel: RecordingChannel
  /** Whether the analysis takes it for EMG: in no other signal is a value that stays the same a dropout. */
  readonly emg: boolean
  /** The device's own picture of it; absent where the recording has none. */
  readonly activated?: RecordingChannel
}

/** Lets others in who wait for this thread. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function rawPicture({ channel, emg }: Subject, parameters: AnalysisPlan['parameters']): Picture {
  if (!emg || !parameters.gaps.mask) return plainPicture(channel.samples())
  const { raw, gaps } = prepareChannel(channel, parameters)
  return { x: raw, mask: gaps.mask, source: raw }
}

/** Draws a picture by the steps of the analysis, letting others in between them. */
export async function drawPicture(
  view: View,
  subject: Subject,
  { parameters }: AnalysisPlan,
): Promise<Picture | NoPicture> {
  await breathe()
  if (view === 'raw') return rawPicture(subject, parameters)
  if (view === 'activated') {
    return subject.activated
      ? plainPicture(subject.activated.samples())
      : { reason: 'the recording has no activated picture of it' }
  }
  const { raw, gaps, rate, obstacle } = prepareChannel(subject.channel, parameters)
  if (obstacle !== null) return { reason: obstacle }
  const steps = conditionStepwise(raw, gaps, rate, parameters)
  for (;;) {
    await breathe()
    const { value } = steps.next()
    const x = view === 'filtered' ? value.clean : value.envelope
    if (x) return { x, mask: value.gaps.mask, source: raw }
  }
}
