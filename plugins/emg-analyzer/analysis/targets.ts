/** What contractions are held against: of the MVC, of their length, of their number. */
import * as v from 'valibot'
import { MuscleName, SideName } from '../../clinical-records/index.ts'
import type { Assigned } from './channels/assign.ts'

const percent = v.pipe(v.number(), v.gtValue(0), v.maxValue(200))
const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000))
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))

/** Targets of some channels; what is absent is that of all. */
const ChannelTargetSchema = v.pipe(
  v.strictObject({
    channel: v.optional(
      v.pipe(
        v.string(),
        v.minLength(1),
        v.maxLength(120),
        v.description('Label or name of a channel, in any case; or its place in the file as #0, #1, …'),
      ),
    ),
    muscle: v.optional(MuscleName),
    side: v.optional(SideName),
    mvc: v.optional(
      v.pipe(v.number(), v.finite(), v.gtValue(0), v.description('MVC in V, in place of the cascade’s')),
    ),
    mvcPercent: v.optional(percent),
    durationMs: v.optional(v.nullable(milliseconds)),
    contractions: v.optional(v.nullable(count)),
  }),
  v.check(
    ({ channel, muscle, side }) => channel !== undefined || muscle !== undefined || side !== undefined,
    'expected a channel, a muscle or a side',
  ),
)

export const TargetsSchema = v.strictObject({
  mvcPercent: v.pipe(percent, v.description('Share of the MVC that a contraction is to reach')),
  durationMs: v.pipe(
    v.nullable(milliseconds),
    v.description('How long a contraction is to last; null: there is no target'),
  ),
  contractions: v.pipe(v.nullable(count), v.description('How many are to be made; null: there is no target')),
  channels: v.pipe(v.array(ChannelTargetSchema), v.maxLength(256)),
})

/** What contractions are to reach, in general and by channel. */
export type Targets = v.InferOutput<typeof TargetsSchema>
export type ChannelTarget = Targets['channels'][number]

/** The GHOSTLY trial's: 75 % of the MVC for 2 s, 12 times. */
export const DEFAULT_TARGETS: Targets = { mvcPercent: 75, durationMs: 2000, contractions: 12, channels: [] }

const normal = (text: string): string => text.trim().toLowerCase()

/** A channel by its names, with its anatomy. */
export type Aim = { readonly index: number; readonly label: string; readonly name: string } & Assigned

function isMeant(aim: Aim, { channel, muscle, side }: ChannelTarget): boolean {
  const names = [normal(aim.label), normal(aim.name), `#${aim.index}`]
  return (
    (channel === undefined || names.includes(normal(channel))) &&
    (muscle === undefined || muscle === aim.muscle) &&
    // A side that is not known is one that is not told apart, as it is for stored MVC values.
    (side === undefined || side === (aim.side ?? 'none'))
  )
}

/** The targets of all channels that no entry of {@link Targets.channels} speaks of. */
export type GeneralTargets = Omit<Targets, 'channels'>

/**
 * Lays targets over each other: those of all, over them the patient's, over both what is asked. What is asked for all
 * channels stands over what the patient has for some.
 *
 * @param patient entries of {@link Targets.channels}
 */
export function layTargets(
  general: GeneralTargets,
  patient: Targets['channels'],
  asked: { readonly [K in keyof Targets]?: Targets[K] | undefined } = {},
): Targets {
  const { channels = [], ...forAll } = asked
  const { mvcPercent, durationMs, contractions } = forAll
  const own = patient.map((entry) => ({
    ...entry,
    ...(mvcPercent === undefined ? {} : { mvcPercent }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(contractions === undefined ? {} : { contractions }),
  }))
  return {
    mvcPercent: mvcPercent ?? general.mvcPercent,
    durationMs: durationMs === undefined ? general.durationMs : durationMs,
    contractions: contractions === undefined ? general.contractions : contractions,
    channels: [...own, ...channels],
  }
}

/** The targets of one channel: those of all, and over them every entry that means it, in their order. */
export function targetOf(aim: Aim, targets: Targets) {
  const { mvcPercent, durationMs, contractions } = targets
  const target = { mvc: null as number | null, mvcPercent, durationMs, contractions }
  for (const each of targets.channels) {
    if (!isMeant(aim, each)) continue
    if (each.mvc !== undefined) target.mvc = each.mvc
    if (each.mvcPercent !== undefined) target.mvcPercent = each.mvcPercent
    if (each.durationMs !== undefined) target.durationMs = each.durationMs
    if (each.contractions !== undefined) target.contractions = each.contractions
  }
  return target
}
