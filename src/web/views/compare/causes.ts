/** What was not the same of two sessions, so that some of their figures do not compare. */
import type { TrendMuscle, TrendPoint } from '../patient/trend-series.ts'

/** What was not the same, so that some figures do not compare. */
export type Cause =
  | 'preset'
  | 'pipeline'
  | 'parameters'
  | 'plugins'
  | 'mvc'
  | 'mvcSource'
  | 'fatigueBasis'
  | 'symmetryBasis'
  | 'scoring'
  | 'targets'

type Analysis = NonNullable<TrendPoint['analysis']>

const pluginsOf = ({ plugins }: Analysis): string =>
  plugins
    .map(({ name, version }) => `${name} ${version}`)
    .sort()
    .join(' ')

/** In what two analyses were made differently. */
export function analysisCauses(a: TrendPoint['analysis'], b: TrendPoint['analysis']): Cause[] {
  if (!a || !b) return []
  const causes: Cause[] = []
  if (a.preset !== b.preset) causes.push('preset')
  if (a.pipelineVersion !== b.pipelineVersion) causes.push('pipeline')
  // Another preset has other parameters: that is said once.
  if (a.preset === b.preset && a.parametersHash !== b.parametersHash) causes.push('parameters')
  if (pluginsOf(a) !== pluginsOf(b)) causes.push('plugins')
  return causes
}

/** Whether both are known and not the same. */
export const differs = <T>(a: T | null | undefined, b: T | null | undefined): boolean =>
  a !== null && a !== undefined && b !== null && b !== undefined && a !== b

/** In what two muscles were held against the MVC differently. */
export function mvcCauses(a: TrendMuscle | undefined, b: TrendMuscle | undefined): Cause[] {
  const causes: Cause[] = []
  if (differs(a?.amplitude.mvc, b?.amplitude.mvc)) causes.push('mvc')
  if (differs(a?.amplitude.mvcSource, b?.amplitude.mvcSource)) causes.push('mvcSource')
  return causes
}

/** Whether something else was asked for: of two muscles, in any of these. */
export const targetCauses = (
  a: TrendMuscle | undefined,
  b: TrendMuscle | undefined,
  fields: readonly ('contractions' | 'durationMs' | 'mvcPercent')[],
): Cause[] =>
  a && b && fields.some((field) => a.contractions.target[field] !== b.contractions.target[field])
    ? ['targets']
    : []
