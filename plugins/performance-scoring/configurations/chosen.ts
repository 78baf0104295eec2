/** The configurations that were chosen, through the cache: a version never changes, so only the choice can. */
import type { Cache } from '../../../src/sdk.ts'
import type { AppliedConfiguration } from '../score/index.ts'
import type { AssignmentStore } from './assignments.ts'
import { applied, type ConfigurationRef, type ConfigurationStore } from './store.ts'

export interface ChosenCaches {
  readonly thresholds: Cache<unknown, AppliedConfiguration | null>
  readonly sessionThresholds: Cache<{ readonly sessionId: string }, AppliedConfiguration | null>
  readonly patientThresholds: Cache<{ readonly patientId: string }, AppliedConfiguration | null>
}

/** What each rung of the resolution gives; null where nothing was chosen. */
export interface ChosenConfigurations {
  ofSession(sessionId: string): Promise<AppliedConfiguration | null>
  ofPatient(patientId: string): Promise<AppliedConfiguration | null>
  active(): Promise<AppliedConfiguration | null>
}

export function cachedChoices(
  configurations: Pick<ConfigurationStore, 'active' | 'require'>,
  assignments: Pick<AssignmentStore, 'find'>,
  { thresholds, sessionThresholds, patientThresholds }: ChosenCaches,
): ChosenConfigurations {
  const read = async (ref: ConfigurationRef | undefined): Promise<AppliedConfiguration | null> =>
    ref ? applied(await configurations.require(ref.id, ref.version)) : null

  return {
    ofSession: async (sessionId) =>
      (
        await sessionThresholds.getOrLoad({ sessionId }, async () =>
          read(await assignments.find({ sessionId })),
        )
      ).value,
    ofPatient: async (patientId) =>
      (
        await patientThresholds.getOrLoad({ patientId }, async () =>
          read(await assignments.find({ patientId })),
        )
      ).value,
    active: async () =>
      (await thresholds.getOrLoad({}, async () => read(await configurations.active()))).value,
  }
}
