/** Which configuration holds: that of the session, of its patient, the active one, or the built-in one. */
import * as v from 'valibot'
import { type AppliedConfiguration, AppliedConfigurationSchema } from '../score/index.ts'
import type { AssignmentStore } from './assignments.ts'
import { BUILT_IN } from './built-in.ts'
import { applied, type ConfigurationRef, type ConfigurationStore } from './store.ts'

/** The rungs, in the order they are asked. */
export const SOURCES = ['session', 'patient', 'active', 'default'] as const
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

/** Resolves session -> patient -> active -> default. What is assigned holds though it was retired since. */
export function createResolver(
  configurations: Pick<ConfigurationStore, 'active' | 'require'>,
  assignments: Pick<AssignmentStore, 'find'>,
): (subject: ResolutionSubject) => Promise<Resolution> {
  const load = async ({ id, version }: ConfigurationRef): Promise<AppliedConfiguration> =>
    applied(await configurations.require(id, version))
  return async ({ sessionId, patientId }) => {
    const rungs = [
      {
        source: 'session',
        ref: async () => (sessionId === undefined ? undefined : assignments.find({ sessionId })),
        none: sessionId === undefined ? 'no session was named' : 'none is assigned to the session',
      },
      {
        source: 'patient',
        ref: async () => (patientId === undefined ? undefined : assignments.find({ patientId })),
        none: patientId === undefined ? 'no patient was named' : 'none is assigned to the patient',
      },
      { source: 'active', ref: () => configurations.active(), none: 'none was activated' },
    ] as const
    const passedOver: Resolution['passedOver'] = []
    for (const { source, ref, none } of rungs) {
      const found = await ref()
      if (found) return { source, reason: CHOSEN[source], passedOver, configuration: await load(found) }
      passedOver.push({ source, reason: none })
    }
    return { source: 'default', reason: 'nobody chose another', passedOver, configuration: BUILT_IN }
  }
}
