/** Which configuration holds: that of the session, of its patient, the active one, or the built-in one. */
import * as v from 'valibot'
import { type AppliedConfiguration, AppliedConfigurationSchema } from '../score/index.ts'
import { BUILT_IN } from './built-in.ts'
import type { ChosenConfigurations } from './chosen.ts'

/** The rungs, in the order they are asked. */
export const SOURCES = ['session', 'patient', 'active', 'default'] as const

/** The rung that gave a configuration. */
export type Source = (typeof SOURCES)[number]

export const ResolutionSchema = v.object({
  source: v.pipe(v.picklist(SOURCES), v.description('Which rung gave the configuration')),
  reason: v.pipe(v.string(), v.description('Why this one')),
  passedOver: v.pipe(
    v.array(v.object({ source: v.picklist(SOURCES), reason: v.string() })),
    v.description('The rungs before it, and why they gave none'),
  ),
  configuration: AppliedConfigurationSchema,
})

/** A configuration, which rung gave it, and why. */
export type Resolution = v.InferOutput<typeof ResolutionSchema>

/** For whom a configuration is looked for; ids that are absent are not asked about. */
export interface ResolutionSubject {
  readonly sessionId?: string | undefined
  readonly patientId?: string | undefined
}

const CHOSEN: Readonly<Record<Exclude<Source, 'default'>, string>> = {
  session: 'it is assigned to the session',
  patient: 'it is assigned to the patient',
  active: 'it is the active one',
}

export interface Resolver {
  /** Says that the database is there. Until then no rung is asked but the last. */
  start(): void
  /** Resolves session -> patient -> active -> default. What is assigned holds though it was retired since. */
  resolve(subject: ResolutionSubject): Promise<Resolution>
}

export function createResolver(chosen: ChosenConfigurations): Resolver {
  let started = false

  /** What each rung but the last gives, or why it gives nothing. */
  async function ask(
    source: Exclude<Source, 'default'>,
    { sessionId, patientId }: ResolutionSubject,
  ): Promise<AppliedConfiguration | string> {
    if (!started) return 'there is no database'
    if (source === 'active') return (await chosen.active()) ?? 'none was activated'
    if (source === 'patient') {
      if (patientId === undefined) return 'no patient was named'
      return (await chosen.ofPatient(patientId)) ?? 'none is assigned to the patient'
    }
    if (sessionId === undefined) return 'no session was named'
    return (await chosen.ofSession(sessionId)) ?? 'none is assigned to the session'
  }

  return {
    start() {
      started = true
    },
    async resolve(subject) {
      const passedOver: Resolution['passedOver'] = []
      for (const source of ['session', 'patient', 'active'] as const) {
        const found = await ask(source, subject)
        if (typeof found !== 'string') {
          return { source, reason: CHOSEN[source], passedOver, configuration: found }
        }
        passedOver.push({ source, reason: found })
      }
      return { source: 'default', reason: 'nobody chose another', passedOver, configuration: BUILT_IN }
    },
  }
}
