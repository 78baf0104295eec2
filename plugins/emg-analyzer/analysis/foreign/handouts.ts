/**
 * What code of plugins from outside is handed: the samples themselves, since copies would cost more than many a metric.
 * So they are sealed by a hash when they are handed out, and held against it when the plugin is done.
 */
import { PluginFault } from '../../../../src/sdk.ts'
import type { Stretch } from '../metrics/measure.ts'
import type { MetricInput } from '../metrics/metric.ts'
import type { CheckInput } from '../quality/check.ts'

export interface Handouts {
  stretch(stretch: Stretch): MetricInput
  check(input: CheckInput): CheckInput
  /** @throws {PluginFault} where what was handed out is not what it was */
  verify(plugin: string): void
}

/** What a buffer held. Of the hashes of the runtime this is the fastest by far; accidents are looked for, not forgers. */
const sealOf = (buffer: ArrayBufferLike): string =>
  buffer.byteLength === 0 ? '' : `${buffer.byteLength} ${Bun.hash.xxHash3(buffer)}`

export function createHandouts(): Handouts {
  const seals = new Map<ArrayBufferLike, string>()
  const views = new Map<Stretch, MetricInput>()

  function sealed<T extends Float64Array | Uint8Array>(array: T): T {
    if (!seals.has(array.buffer)) seals.set(array.buffer, sealOf(array.buffer))
    return array
  }

  /** Seals all arrays of samples in a value, and freezes the rest: writing there throws, in the plugin's own name. */
  function guard<T>(value: T): T {
    if (value instanceof Float64Array || value instanceof Uint8Array) return sealed(value)
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
    for (const each of Object.values(value)) guard(each)
    return Object.freeze(value)
  }

  return {
    stretch(stretch) {
      const known = views.get(stretch)
      if (known) return known
      const { signal, envelope, rate, spectra } = stretch
      const view = Object.freeze({
        signal: sealed(signal),
        // Few metrics look at it, and none that does not shall pay for its seal.
        get envelope() {
          return sealed(envelope)
        },
        rate,
        spectra: guard(spectra),
        spectrum: () => guard(stretch.spectrum()),
      })
      views.set(stretch, view)
      return view
    },
    check: guard,
    verify(plugin) {
      for (const [buffer, seal] of seals) {
        if (sealOf(buffer) !== seal) {
          throw new PluginFault(plugin, 'it wrote into the samples that it was handed')
        }
      }
    },
  }
}
