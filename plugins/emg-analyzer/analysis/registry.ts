/** What an analysis is made of: metrics, detectors, quality checks and presets, by id. Plugins add theirs here. */
import type { Detector } from './detectors/detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { METRICS } from './metrics/index.ts'
import type { Metric } from './metrics/metric.ts'
import { clinical, ghostly, type Preset } from './presets.ts'
import type { QualityCheck } from './quality/check.ts'
import { CHECKS } from './quality/index.ts'

/** Names that nothing of this kind has. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName'
}

/** Things of one kind by their ids. */
export interface Shelf<T extends { readonly id: string }> {
  /** @throws {RangeError} when the id is taken */
  add(item: T): void
  /** @throws {UnknownName} */
  require(id: string): T
  list(): readonly T[]
}

function createShelf<T extends { readonly id: string }>(kind: string, built: readonly T[]): Shelf<T> {
  const items = new Map(built.map((item) => [item.id, item]))
  return {
    add(item) {
      if (items.has(item.id)) throw new RangeError(`there is a ${kind} "${item.id}" already`)
      items.set(item.id, item)
    },
    require(id) {
      const item = items.get(id)
      if (item) return item
      throw new UnknownName(`there is no ${kind} "${id}"; there are ${[...items.keys()].join(', ')}`)
    },
    list: () => [...items.values()],
  }
}

export interface Registry {
  readonly metrics: Shelf<Metric>
  readonly detectors: Shelf<Detector>
  readonly checks: Shelf<QualityCheck>
  readonly presets: Shelf<Preset>
}

/** A registry that holds what comes with this plugin. */
export const createRegistry = (): Registry => ({
  metrics: createShelf('metric', METRICS),
  detectors: createShelf('detector', DETECTORS),
  checks: createShelf('quality check', CHECKS),
  presets: createShelf('preset', [clinical, ghostly]),
})
