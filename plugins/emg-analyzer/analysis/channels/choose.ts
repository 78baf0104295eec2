/** Which analog channels of a recording are surface EMG, by what the file says of them. */
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { assignmentOf, type ChannelAssignment } from './assign.ts'

/** Why a channel was left out. */
export interface Exclusion {
  readonly index: number
  readonly name: string
  /** Stable name of the reason. */
  readonly code: 'FORCE_PLATE' | 'UNIT' | 'OTHER_SIGNAL' | 'UNNAMED' | 'NOT_EMG' | 'ACTIVATED' | 'ASSIGNED'
  readonly reason: string
}

export interface ChannelChoice {
  readonly emg: readonly RecordingChannel[]
  /** The device’s own picture of an EMG channel, by the place of that channel. */
  readonly activated: ReadonlyMap<number, RecordingChannel>
  readonly exclusions: readonly Exclusion[]
  /** True when no channel says that it is EMG, so that every voltage was taken. */
  readonly assumed: boolean
}

const VOLTAGE = /^(?:n|u|µ|μ|m|k|nano|micro|milli)?(?:v|volts?)$/i

const EMG = /\bs?emg|emg\b|\belectromyo/i

/** Names of muscles in English, French and Latin, as labs abbreviate them: the beginnings of words. */
const MUSCLE =
  /\b(?:rect(?:us)?|vast(?:us|e)?|biceps|triceps|quadri|femoris|hamstring|semitend|semimem|ischio|gastroc|jumeau|soleus|tib|peroneus|fibularis|glut(?:eus|e)|adduct|abduct|gracilis|sartorius|tensor|psoas|erector|longissimus|multifid|abdominis|oblique?|latissimus|trapezius|delt|pectoral|infraspin|supraspin|serratus|brachi|anconeus|pronator|supinator|flexor|extensor|sternocl|masseter|temporalis|frontalis|orbicularis|zygomat|digastric|scalen|levator|rhomboid|teres|palmaris|carpi|digitorum|hallucis|plantaris|popliteus|iliacus|iliocostalis|quadratus|piriformis|diaphragm)/i

/** Codes of muscles, as whole words, with or without their side: VL, RVAS, L TA. */
const MUSCLE_CODE = /\b[lr]? ?(?:vl|vmo?|rf|bf|ta|tfl|sol|vas|bic|gas|ham)\b/i

/** The form of a raw channel that comes with an activated one. */
const RAW = /\braw$/i
const ACTIVATED = /\bactivated$/i

/** In a label, what outweighs that it says EMG too: "EMG 1 ACC X", "EMG sync". */
const BESIDE_EMG = /\b(?:sync\w*|trig(?:ger\w*)?|acc(?:el\w*|[xyz])?|gyro\w*)\b/i

/** Words of other signals. */
const OTHER =
  /\b(?:forces?|moments?|torque|fp|pf|co ?p ?[xyz]?|plate|treadmill|tapis|accel\w*|acc[xyz]?|gyro\w*|magnet\w*|mag[xyz]?|imu|sync\w*|trig(?:ger\w*)?|switch\w*|foot ?switch\w*|fsr|gonio\w*|angles?|pressure|load ?cell|transducer|event|clock|nothing|unused|not used|ecg|ekg|eeg|eog|temp(?:erature)?|ppg|resp\w*)\b/i

/** Words of other signals that may as well describe how a muscle was measured: "Biceps, hand position 2". */
const OTHER_UNLESS_MUSCLE =
  /\b(?:position|velocity|speed|displacement|dynamometer|biodex|encoder|potentiometer|hand ?grip|ttl|stim\w*|microphone|audio|camera|strobe|laser|battery)\b/i

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

const namesMuscle = (channel: RecordingChannel): boolean => {
  const text = textOf(channel)
  return MUSCLE.test(text) || MUSCLE_CODE.test(text) || RAW.test(words(channel.label))
}

const isUnnamed = ({ label, description }: RecordingChannel): boolean =>
  UNNAMED.test(label.trim()) && UNNAMED.test(description.trim())

function namesOther(channel: RecordingChannel): boolean {
  const text = textOf(channel)
  if (BESIDE_EMG.test(words(channel.label))) return true
  if (EMG.test(text)) return false
  if (OTHER_UNLESS_MUSCLE.test(text) && !namesMuscle(channel)) return true
  return (
    OTHER.test(text) || COMPONENT.test(channel.label.trim()) || COMPONENT.test(channel.description.trim())
  )
}

/** The reason that speaks against a channel whatever its neighbours are. */
function objection(
  channel: RecordingChannel,
  labels: ReadonlySet<string>,
): Pick<Exclusion, 'code' | 'reason'> | undefined {
  const { forcePlate, unit, label, description } = channel
  if (forcePlate) return { code: 'FORCE_PLATE', reason: 'it belongs to a force plate' }
  if (unit !== null && unit.trim() !== '' && !VOLTAGE.test(unit.trim())) {
    return { code: 'UNIT', reason: `its unit "${unit}" is no voltage` }
  }
  const spoken = words(label)
  if (ACTIVATED.test(spoken)) {
    const beside = labels.has(spoken.replace(ACTIVATED, 'raw').toLowerCase())
    const reason = beside
      ? 'it is the device’s own picture of the raw channel beside it'
      : 'it is the device’s own picture of a channel, and no raw signal'
    return { code: 'ACTIVATED', reason }
  }
  return namesOther(channel)
    ? {
        code: 'OTHER_SIGNAL',
        reason: `"${[label, description].filter(Boolean).join(', ')}" names another signal`,
      }
    : undefined
}

/** What the names of the other channels say against one that nothing else speaks against. */
function strangeness(
  channel: RecordingChannel,
  someSayEmg: boolean,
  someAreNamed: boolean,
): Pick<Exclusion, 'code' | 'reason'> | undefined {
  if (saysEmg(channel) || namesMuscle(channel)) return undefined
  if (isUnnamed(channel) && someAreNamed) {
    return { code: 'UNNAMED', reason: 'it has no name, and others are named as EMG' }
  }
  if (someSayEmg) return { code: 'NOT_EMG', reason: 'its name does not say EMG, and those of others do' }
  return undefined
}

const ASSIGNED = { code: 'ASSIGNED', reason: 'it is stated that it is no EMG' } as const

/** "CH1 raw" and "CH1 activated" are pictures of "CH1". */
const baseOf = ({ label }: RecordingChannel): string =>
  words(label).replace(RAW, '').replace(ACTIVATED, '').trim().toLowerCase()

function pairActivated(
  channels: readonly RecordingChannel[],
  emg: readonly RecordingChannel[],
): ReadonlyMap<number, RecordingChannel> {
  const pictures = new Map(
    channels.filter(({ label }) => ACTIVATED.test(words(label))).map((channel) => [baseOf(channel), channel]),
  )
  return new Map(
    emg.flatMap((channel) => {
      const picture = pictures.get(baseOf(channel))
      const fits = picture && picture !== channel && picture.length === channel.length
      return fits && picture.rate === channel.rate ? [[channel.index, picture]] : []
    }),
  )
}

/**
 * Chooses the EMG channels. A channel is out when it belongs to a force plate, has a unit that is no
 * voltage, is named as another signal, or is a device’s picture of one. Where some channel says EMG, only
 * those are taken that do or name a muscle; where muscles are named without it, unnamed ones are out.
 * Where neither is, every voltage is taken and `assumed` says so. What is assigned stands over all of this.
 */
export function chooseChannels(
  channels: readonly RecordingChannel[],
  assignments: readonly ChannelAssignment[] = [],
): ChannelChoice {
  const labels = new Set(channels.map(({ label }) => words(label).toLowerCase()))
  const given = new Map(channels.map((channel) => [channel, assignmentOf(channel, assignments)?.emg]))
  const exclusions: Exclusion[] = []
  const exclude = ({ index, name }: RecordingChannel, why: Pick<Exclusion, 'code' | 'reason'>): void => {
    exclusions.push({ index, name, ...why })
  }
  const candidates = channels.filter((channel) => {
    if (given.get(channel) === true) return true
    const why = given.get(channel) === false ? ASSIGNED : objection(channel, labels)
    if (why) exclude(channel, why)
    return !why
  })
  const someSayEmg = candidates.some(saysEmg)
  const someAssigned = candidates.some((channel) => given.get(channel) === true)
  const named = someSayEmg || someAssigned || candidates.some(namesMuscle)
  const emg = candidates.filter((channel) => {
    if (given.get(channel) === true) return true
    const why = strangeness(channel, someSayEmg, named)
    if (why) exclude(channel, why)
    return !why
  })
  return {
    emg,
    activated: pairActivated(channels, emg),
    exclusions: exclusions.sort((a, b) => a.index - b.index),
    assumed: emg.length > 0 && !named,
  }
}
