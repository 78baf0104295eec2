/** Which analog channels of a recording are surface EMG, by what the file says of them. */
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { assignmentOf, type ChannelAssignment } from './assign.ts'
import { namesMuscle } from './muscles.ts'
import { type Picture, picturesOf, saysFiltered } from './pictures.ts'

/** Why a channel was left out. */
export interface Exclusion {
  readonly index: number
  readonly name: string
  /** Stable name of the reason. */
  readonly code:
    | 'FORCE_PLATE'
    | 'UNIT'
    | 'OTHER_SIGNAL'
    | 'UNNAMED'
    | 'NOT_EMG'
    | 'ACTIVATED'
    | 'PICTURE'
    | 'ASSIGNED'
  readonly reason: string
}

/** Which channels of a recording are EMG, and why the others are not. */
export interface ChannelChoice {
  readonly emg: readonly RecordingChannel[]
  /** The device’s own picture of an EMG channel, by the place of that channel. */
  readonly activated: ReadonlyMap<number, RecordingChannel>
  readonly exclusions: readonly Exclusion[]
  /** Those of `emg` whose labels say that they were filtered before they were stored. */
  readonly filtered: readonly RecordingChannel[]
  /** True when no channel says that it is EMG, so that every voltage was taken. */
  readonly assumed: boolean
}

const VOLTAGE = /^(?:n|u|µ|μ|m|k|nano|micro|milli)?(?:v|volts?)$/i

const EMG = /\bs?emg|emg\b|\belectromyo/i

/** The form of a raw channel that comes with an activated one. */
const RAW = /\braw$/i

/** In a label, what outweighs that it says EMG too: "EMG 1 ACC X", "EMG sync". */
const BESIDE_EMG = /\b(?:sync\w*|trig(?:ger\w*)?|acc(?:el\w*|[xyz])?|gyro\w*)\b/i

/** Words of other signals. */
const OTHER =
  /\b(?:forces?|moments?|torque|fp|pf|co ?p ?[xyz]?|plate|treadmill|tapis|accel\w*|acc[xyz]?|gyro\w*|magnet\w*|mag[xyz]?|imu|sync\w*|trig(?:ger\w*)?|switch\w*|foot ?switch\w*|fsr|gonio\w*|angles?|pressure|load ?cell|transducer|event|clock|nothing|unused|not used|ecg|ekg|eeg|eog|temp(?:erature)?|ppg|resp\w*|gyr|inclin\w*|insole\w*|fsw|pin)\b/i

/** Words of other signals that may as well describe how a muscle was measured: "Biceps, hand position 2". */
const OTHER_UNLESS_MUSCLE =
  /\b(?:flexion|extension|rotation|position|velocity|speed|displacement|dynamometer|biodex|encoder|potentiometer|hand ?grip|ttl|stim\w*|microphone|audio|camera|strobe|laser|battery)\b/i

/** Components of a force plate: FX1, F1Z, PF2-MX, FP1_FX, FY1+4, PX1, 1.Fz. */
const COMPONENT = /(?:^|[\s_.:-])\d*(?:(?:fp|pf)\d*[\s_.:-]?)?[fmp]\d{0,2}[xyz][\d+]*$/i

/** Names that tell nothing: none, a number, or the channel's place. */
const UNNAMED = /^(?:|-.*|\d+|(?:a|an|ch|chan|channel|analog|input|volt(?:age)?)[\s_.-]*\d+)$/i

/** "LeftFootSwitch" and "EMG_1" as words. */
const words = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replaceAll('_', ' ')

const textOf = ({ label, description }: RecordingChannel): string =>
  `${words(label)} ${words(description)}`.trim()

const saysEmg = (channel: RecordingChannel): boolean => EMG.test(textOf(channel))

const isNamed = (channel: RecordingChannel): boolean =>
  namesMuscle(channel.label) || namesMuscle(channel.description) || RAW.test(words(channel.label))

const isUnnamed = ({ label, description }: RecordingChannel): boolean =>
  UNNAMED.test(label.trim()) && UNNAMED.test(description.trim())

function namesOther(channel: RecordingChannel, isMuscle: boolean): boolean {
  const text = textOf(channel)
  if (BESIDE_EMG.test(words(channel.label))) return true
  if (EMG.test(text)) return false
  if (OTHER_UNLESS_MUSCLE.test(text) && !isMuscle) return true
  return (
    OTHER.test(text) || COMPONENT.test(channel.label.trim()) || COMPONENT.test(channel.description.trim())
  )
}

function reasonOf({ kind, of }: Picture): Pick<Exclusion, 'code' | 'reason'> {
  const code = kind === 'activated' ? 'ACTIVATED' : 'PICTURE'
  if (of) {
    const made = kind === 'activated' ? 'the device’s own picture' : 'a picture'
    return { code, reason: `it is ${made} of "${of.name}", a channel of this recording` }
  }
  const made = kind === 'activated' ? 'the device’s own picture of a channel' : 'an envelope or the like'
  return {
    code,
    reason: `it is ${made}, and no raw signal; what is stated to be EMG is analysed all the same`,
  }
}

/** The reason that speaks against a channel whatever its neighbours are. */
function objection(
  channel: RecordingChannel,
  isMuscle: boolean,
  picture: Picture | undefined,
): Pick<Exclusion, 'code' | 'reason'> | undefined {
  const { forcePlate, unit, label, description } = channel
  if (forcePlate) return { code: 'FORCE_PLATE', reason: 'it belongs to a force plate' }
  if (unit !== null && unit.trim() !== '' && !VOLTAGE.test(unit.trim())) {
    return { code: 'UNIT', reason: `its unit "${unit}" is no voltage` }
  }
  if (namesOther(channel, isMuscle)) {
    const names = [label, description].filter(Boolean).join(', ')
    return { code: 'OTHER_SIGNAL', reason: `"${names}" names another signal` }
  }
  return picture && reasonOf(picture)
}

/** What the names of the other channels say against one that nothing else speaks against. */
function strangeness(
  channel: RecordingChannel,
  isMuscle: boolean,
  someSayEmg: boolean,
  someAreNamed: boolean,
): Pick<Exclusion, 'code' | 'reason'> | undefined {
  if (saysEmg(channel) || isMuscle) return undefined
  if (isUnnamed(channel) && someAreNamed) {
    return { code: 'UNNAMED', reason: 'it has no name, and others are named as EMG' }
  }
  if (someSayEmg) return { code: 'NOT_EMG', reason: 'its name does not say EMG, and those of others do' }
  return undefined
}

const ASSIGNED = { code: 'ASSIGNED', reason: 'it is stated that it is no EMG' } as const

/** The device’s own pictures that fit their channels sample by sample. */
function pairActivated(
  pictures: ReadonlyMap<RecordingChannel, Picture>,
  emg: ReadonlySet<RecordingChannel>,
): ReadonlyMap<number, RecordingChannel> {
  return new Map(
    [...pictures].flatMap(([picture, { kind, of }]) => {
      const fits = of && emg.has(of) && picture.length === of.length && picture.rate === of.rate
      return fits && kind === 'activated' ? [[of.index, picture] as const] : []
    }),
  )
}

/**
 * Chooses the EMG channels. A channel is out when it belongs to a force plate, has a unit that is no
 * voltage, is named as another signal, or is a picture of one. Where some channel says EMG, only
 * those are taken that do or name a muscle; where muscles are named without it, unnamed ones are out.
 * Where neither is, every voltage is taken and `assumed` says so. What is assigned stands over all of this.
 */
export function chooseChannels(
  channels: readonly RecordingChannel[],
  assignments: readonly ChannelAssignment[] = [],
): ChannelChoice {
  const pictures = picturesOf(channels)
  const muscles = new Set(channels.filter(isNamed))
  const given = new Map(channels.map((channel) => [channel, assignmentOf(channel, assignments).emg]))
  const exclusions: Exclusion[] = []
  const exclude = ({ index, name }: RecordingChannel, why: Pick<Exclusion, 'code' | 'reason'>): void => {
    exclusions.push({ index, name, ...why })
  }
  const candidates = channels.filter((channel) => {
    if (given.get(channel) === true) return true
    const why =
      given.get(channel) === false
        ? ASSIGNED
        : objection(channel, muscles.has(channel), pictures.get(channel))
    if (why) exclude(channel, why)
    return !why
  })
  const someSayEmg = candidates.some(saysEmg)
  const someAssigned = candidates.some((channel) => given.get(channel) === true)
  const named = someSayEmg || someAssigned || candidates.some((channel) => muscles.has(channel))
  const emg = candidates.filter((channel) => {
    if (given.get(channel) === true) return true
    const why = strangeness(channel, muscles.has(channel), someSayEmg, named)
    if (why) exclude(channel, why)
    return !why
  })
  return {
    emg,
    activated: pairActivated(pictures, new Set(emg)),
    filtered: emg.filter(saysFiltered),
    exclusions: exclusions.sort((a, b) => a.index - b.index),
    assumed: emg.length > 0 && !named,
  }
}
