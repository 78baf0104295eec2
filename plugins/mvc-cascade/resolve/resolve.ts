/** The cascade: five rungs, the first that holds gives the value, and every other one says why it does not. */
import type { MvcLimits } from '../limits.ts'
import type { MvcCandidates } from './candidates.ts'
import { type MvcResolution, type MvcSource, SOURCES } from './resolution.ts'
import { judgeCalculated, judgeDefault, judgeMetadata, judgeStored, type Rung } from './rungs.ts'

const NAMES: Readonly<Record<MvcSource, string>> = {
  manual: 'the manual value',
  'recording-metadata': 'the recording’s metadata',
  'patient-record': 'the patient’s calibration',
  calculated: 'the calculation from the recording',
  default: 'the default',
}

/**
 * Resolves the MVC of one muscle and side. Pure: the same candidates give the same answer. One value for all trials of
 * a recording, and for all recordings while the patient's record holds.
 *
 * @see https://cede.isek.org/definition/4 Besomi et al. (2020), J Electromyogr Kinesiol 53:102438
 * @param options.at the time in question, such as the start of the session
 * @throws {RangeError} when `at` is no time
 */
export function resolveMvc({
  candidates,
  at,
  limits,
}: {
  readonly candidates: MvcCandidates
  readonly at: Date
  readonly limits: MvcLimits
}): MvcResolution {
  if (Number.isNaN(at.getTime())) throw new RangeError('invalid time')
  const rungs: Readonly<Record<MvcSource, Rung>> = {
    manual: judgeStored(candidates.records, 'manual', at, limits),
    'recording-metadata': judgeMetadata(candidates.metadata),
    'patient-record': judgeStored(candidates.records, 'calibration', at, limits),
    calculated: judgeCalculated(candidates.calculated),
    default: judgeDefault(limits),
  }
  const source = SOURCES.find((each) => rungs[each].objection === null) ?? null
  const passedOver = SOURCES.filter((each) => each !== source).map((each) => ({
    source: each,
    value: rungs[each].value,
    reason: rungs[each].objection ?? `${NAMES[source as MvcSource]} comes before it`,
  }))
  if (source === null) {
    const none = {
      value: null,
      unitBasis: null,
      method: null,
      confidence: null,
      ageDays: null,
      recordId: null,
    }
    return { ...none, unit: 'V', source, reason: 'no rung of the cascade holds', passedOver }
  }
  const { value, unitBasis, method, confidence, ageDays, recordId } = rungs[source]
  return {
    value,
    unit: 'V',
    unitBasis,
    source,
    method,
    confidence,
    ageDays,
    recordId,
    reason: null,
    passedOver,
  }
}
