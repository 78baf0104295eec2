/** What an analysis is made of: metrics, detectors, quality checks and presets, by id. Plugins add theirs here. */
import type * as v from 'valibot'
import type { Borrower } from '../../../src/sdk.ts'
import { builtInOwner, idOf, type Owner, requireShape } from '../../c3d-reader/index.ts'
import type { Detector } from './detectors/detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { type Guard, guardCheck, guardDetector, guardMetric, guardPreset } from './foreign/guards.ts'
import { METRICS } from './metrics/index.ts'
import type { Metric } from './metrics/metric.ts'
import { clinical, ghostly, type Preset } from './presets.ts'
import type { QualityCheck } from './quality/check.ts'
import { CHECKS } from './quality/index.ts'
import { CheckShape, DetectorShape, MetricShape, PresetShape } from './shapes.ts'

/** Names that nothing of this kind has. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName'
}

/** Things of one kind by their ids. */
export interface Shelf<T extends { readonly id: string }> {
  /** @throws {RangeError} when it is malformed, or its id is taken */
  add(item: T): void
  /** @throws {UnknownName} */
  require(id: string): T
  list(): readonly T[]
  /**
   * The plugin that it is from.
   *
   * @throws {UnknownName}
   */
  ownerOf(id: string): Owner
}

interface LendingShelf<T extends { readonly id: string }> extends Shelf<T> {
  lendTo(borrower: Borrower): Shelf<T>
}

/** The plugin that keeps the registry. */
export const KEEPER = builtInOwner('emg-analyzer', '1.0.0')

function createShelf<T extends { readonly id: string }>(
  kind: string,
  shape: v.GenericSchema,
  guard: Guard<T>,
  built: readonly T[],
): LendingShelf<T> {
  const entries = new Map(built.map((item) => [item.id, { item, owner: KEEPER }]))

  function add(item: T, owner: Owner): void {
    requireShape(shape, item, `${kind} "${idOf(item)}"`)
    if (entries.has(item.id)) throw new RangeError(`there is a ${kind} "${item.id}" already`)
    entries.set(item.id, { item: owner.origin === 'external' ? guard(item, owner) : item, owner })
  }

  function entryOf(id: string): { readonly item: T; readonly owner: Owner } {
    const entry = entries.get(id)
    if (entry) return entry
    throw new UnknownName(`there is no ${kind} "${id}"; there are ${[...entries.keys()].join(', ')}`)
  }

  const shared = {
    require: (id: string) => entryOf(id).item,
    list: () => [...entries.values()].map(({ item }) => item),
    ownerOf: (id: string) => entryOf(id).owner,
  }
  return {
    ...shared,
    add: (item) => add(item, KEEPER),
    lendTo: (borrower) => ({
      ...shared,
      add(item) {
        add(item, borrower)
        const { id } = item
        borrower.onLeave(() => void entries.delete(id))
      },
    }),
  }
}

/** What analyses are made of. Plugins add theirs while they are set up. */
export interface Registry {
  readonly metrics: Shelf<Metric>
  readonly detectors: Shelf<Detector>
  readonly checks: Shelf<QualityCheck>
  readonly presets: Shelf<Preset>
  /** The same registry, to which a plugin adds what is its own; each is gone again with the plugin. */
  lendTo(borrower: Borrower): Registry
}

/** A registry that holds what comes with this plugin. */
export function createRegistry(): Registry {
  const shelves = {
    metrics: createShelf('metric', MetricShape, guardMetric, METRICS),
    detectors: createShelf('detector', DetectorShape, guardDetector, DETECTORS),
    checks: createShelf('quality check', CheckShape, guardCheck, CHECKS),
    presets: createShelf('preset', PresetShape, guardPreset, [clinical, ghostly]),
  }
  const lendTo = (borrower: Borrower): Registry => ({
    metrics: shelves.metrics.lendTo(borrower),
    detectors: shelves.detectors.lendTo(borrower),
    checks: shelves.checks.lendTo(borrower),
    presets: shelves.presets.lendTo(borrower),
    lendTo,
  })
  return { ...shelves, lendTo }
}
