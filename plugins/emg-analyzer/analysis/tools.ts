/** What one analysis is made with: what its plan names, who that is from, and what of it may not be run. */
import { Problem } from '../../../src/sdk.ts'
import { type Owner, type PluginStamp, quarantineSentence, stampOf } from '../../c3d-reader/index.ts'
import type { Detector } from './detectors/detector.ts'
import type { Metric } from './metrics/metric.ts'
import type { AnalysisPlan } from './presets.ts'
import type { QualityCheck } from './quality/check.ts'
import { type Registry, UnknownName } from './registry.ts'

/** A contribution of a quarantined plugin: what it would have measured is null for this reason. */
export interface Withheld {
  readonly kind: 'metric' | 'check'
  readonly id: string
  readonly summary: string
  readonly unit: string
  readonly reason: string
}

/** What an analysis is made with, as data: by name, so that another process finds the same. */
export interface Selection {
  /** Ids of all quality checks, in their order. */
  readonly checks: readonly string[]
  readonly withheld: readonly Withheld[]
  /** The plugins that everything else is from, by name. */
  readonly plugins: readonly PluginStamp[]
}

/** Metrics and checks of one plugin. */
export interface Share {
  readonly plugin: string
  readonly metrics: ReadonlySet<string>
  readonly checks: readonly QualityCheck[]
}

/** What an analysis is made with, as code. */
export interface Tools {
  readonly detector: Detector
  /** Those of the plan, by id. */
  readonly metrics: ReadonlyMap<string, Metric>
  readonly checks: readonly QualityCheck[]
  /** What comes with the executable. */
  readonly own: Share
  /** What comes from outside, plugin by plugin; for most analyses nothing does. */
  readonly foreign: readonly Share[]
  readonly plugins: readonly PluginStamp[]
}

/** This process has other plugins than the one that made the selection: it has not been told yet, or is of the past. */
export class OtherPlugins extends Error {
  override readonly name = 'OtherPlugins'
}

/** What cannot be had for want of a plugin. @param what such as `The analysis` */
export const quarantinedProblem = (what: string, plugin: string, reason: string): Problem =>
  new Problem(503, 'PLUGIN_QUARANTINED', `${what} cannot be had: ${quarantineSentence(plugin, reason)}.`)

export interface SelectionOptions {
  /** The plugin that the format of the recording is from. */
  readonly format?: Owner
  /** Plugins that have failed just now, with the reasons: the host may not have been told yet. */
  readonly failed?: ReadonlyMap<string, string>
}

const metricsOf = ({ parameters: { metrics, windows } }: AnalysisPlan): string[] => [
  ...new Set([...Object.values(metrics).map(({ metric }) => metric), ...(windows?.metrics ?? [])]),
]

function stampsOf(owners: readonly Owner[]): PluginStamp[] {
  const byName = new Map(owners.map((owner) => [owner.name, stampOf(owner)]))
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The owners of all that is run; a preset is data, and counts too. */
function ownersOf(
  registry: Registry,
  plan: AnalysisPlan,
  { checks, withheld }: Omit<Selection, 'plugins'>,
  format: Owner | undefined,
): Owner[] {
  const isWithheld = (kind: Withheld['kind'], id: string): boolean =>
    withheld.some((each) => each.kind === kind && each.id === id)
  return [
    registry.presets.ownerOf(plan.preset),
    registry.detectors.ownerOf(plan.parameters.detection.method),
    ...metricsOf(plan)
      .filter((id) => !isWithheld('metric', id))
      .map((id) => registry.metrics.ownerOf(id)),
    ...checks.filter((id) => !isWithheld('check', id)).map((id) => registry.checks.ownerOf(id)),
    ...(format ? [format] : []),
  ]
}

/**
 * Says what an analysis will be made with.
 *
 * @throws {UnknownName} where the plan names what there is not any more
 * @throws {Problem} 503 PLUGIN_QUARANTINED where nothing can be analysed without what is quarantined
 */
export function selectTools(
  registry: Registry,
  plan: AnalysisPlan,
  { format, failed = new Map() }: SelectionOptions = {},
): Selection {
  const objection = ({ name, quarantined }: Owner): string | undefined => failed.get(name) ?? quarantined()
  const require = (owner: Owner, what: string): void => {
    const reason = objection(owner)
    if (reason !== undefined) throw quarantinedProblem(what, owner.name, reason)
  }
  const { method } = plan.parameters.detection
  require(registry.detectors.ownerOf(method), `The detector "${method}"`)
  if (format) require(format, 'The format of the recording')
  const withheldOf = (
    kind: Withheld['kind'],
    { id, summary, unit }: Metric | QualityCheck,
    owner: Owner,
  ): Withheld[] => {
    const reason = objection(owner)
    return reason === undefined
      ? []
      : [{ kind, id, summary, unit, reason: quarantineSentence(owner.name, reason) }]
  }
  const checks = registry.checks.list()
  const chosen = {
    checks: checks.map(({ id }) => id),
    withheld: [
      ...metricsOf(plan).flatMap((id) =>
        withheldOf('metric', registry.metrics.require(id), registry.metrics.ownerOf(id)),
      ),
      ...checks.flatMap((check) => withheldOf('check', check, registry.checks.ownerOf(check.id))),
    ],
  }
  return { ...chosen, plugins: stampsOf(ownersOf(registry, plan, chosen, format)) }
}

const REFERENCE = 'none: it is quarantined'

const silentMetric = ({ id, summary, unit, reason }: Withheld): Metric => ({
  type: 'metric',
  id,
  summary,
  unit,
  reference: REFERENCE,
  compute: () => ({ reason }),
})

const silentCheck = ({ id, summary, unit, reason }: Withheld): QualityCheck => ({
  type: 'quality-check',
  id,
  summary,
  unit,
  reference: REFERENCE,
  assess: () => ({ status: 'unknown', value: null, message: reason }),
})

/**
 * Finds what was selected.
 *
 * @param format the plugin that has read the recording
 * @throws {OtherPlugins} where something is not there, or is from other code than was selected
 */
export function openTools(
  registry: Registry,
  plan: AnalysisPlan,
  selection: Selection,
  format?: Owner,
): Tools {
  const silent = <T>(kind: Withheld['kind'], make: (withheld: Withheld) => T): Map<string, T> =>
    new Map(selection.withheld.filter((each) => each.kind === kind).map((each) => [each.id, make(each)]))
  const silentMetrics = silent('metric', silentMetric)
  const silentChecks = silent('check', silentCheck)
  try {
    const here = stampsOf(ownersOf(registry, plan, selection, format))
    if (!Bun.deepEquals(here, selection.plugins)) throw new OtherPlugins('the plugins have changed')
    const metrics = metricsOf(plan).map((id) => silentMetrics.get(id) ?? registry.metrics.require(id))
    const checks = selection.checks.map((id) => silentChecks.get(id) ?? registry.checks.require(id))
    const outsiderOf = (owner: Owner): string => (owner.origin === 'external' ? owner.name : '')
    const byPlugin = {
      metrics: Map.groupBy(metrics, ({ id }) =>
        silentMetrics.has(id) ? '' : outsiderOf(registry.metrics.ownerOf(id)),
      ),
      checks: Map.groupBy(checks, ({ id }) =>
        silentChecks.has(id) ? '' : outsiderOf(registry.checks.ownerOf(id)),
      ),
    }
    const shareOf = (plugin: string): Share => ({
      plugin,
      metrics: new Set(byPlugin.metrics.get(plugin)?.map(({ id }) => id)),
      checks: byPlugin.checks.get(plugin) ?? [],
    })
    const outsiders = new Set([...byPlugin.metrics.keys(), ...byPlugin.checks.keys()].filter(Boolean))
    return {
      detector: registry.detectors.require(plan.parameters.detection.method),
      metrics: new Map(metrics.map((metric) => [metric.id, metric])),
      checks,
      own: shareOf(''),
      foreign: [...outsiders].sort().map(shareOf),
      plugins: selection.plugins,
    }
  } catch (error) {
    throw error instanceof UnknownName ? new OtherPlugins(error.message, { cause: error }) : error
  }
}
