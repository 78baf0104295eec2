/** Labels, names, units and descriptions of points and channels. */

import type { Lookup } from './lookup.ts'
import type { WarningLog } from './warnings.ts'

/** What a file says about each point or channel. */
export interface Titles {
  labels: string[]
  names: string[]
  units: (string | null)[]
  descriptions: string[]
}

/** Titles of `count` points (`prefix` P) or channels (A). */
export function readTitles(
  lookup: Lookup,
  group: 'POINT' | 'ANALOG',
  count: number,
  prefix: string,
  log: WarningLog,
): Titles {
  const stated = lookup.allTexts(group, 'LABELS')
  if (stated && stated.length < count) {
    const message = `${group}:LABELS has ${stated.length} labels for ${count}; the others were named ${prefix}001 and so on.`
    log.add({ code: 'LABELS_SHORT', message, count: count - stated.length })
  }
  const labels = Array.from({ length: count }, (_, i) => stated?.[i] ?? ordinal(prefix, i))
  const names = uniqueNames(labels, prefix)
  labels.forEach((label, i) => {
    if (label !== names[i])
      log.place('LABELS_DUPLICATE', 'not unique or blank, shown numbered', `${group} ${i + 1}`)
  })
  const units = lookup.allTexts(group, 'UNITS')
  // One unit for all is how POINT:UNITS is meant, though some programs write one a point; ANALOG:UNITS never is.
  const common = group === 'POINT' && units?.length === 1 ? units[0] : undefined
  const descriptions = lookup.allTexts(group, 'DESCRIPTIONS')
  return {
    labels,
    names,
    units: labels.map((_, i) => units?.[i] || common || null),
    descriptions: labels.map((_, i) => descriptions?.[i] ?? ''),
  }
}

const ordinal = (prefix: string, index: number): string => `${prefix}${String(index + 1).padStart(3, '0')}`

/** Every label that others share gets a number; a blank one gets its ordinal. */
export function uniqueNames(labels: readonly string[], prefix: string): string[] {
  const wanted = labels.map((label, i) => label || ordinal(prefix, i))
  const taken = new Set<string>()
  const reserved = new Set(wanted)
  const next = new Map<string, number>()
  return wanted.map((name) => {
    if (!taken.has(name)) {
      taken.add(name)
      return name
    }
    let number = next.get(name) ?? 2
    while (reserved.has(`${name} (${number})`) || taken.has(`${name} (${number})`)) number++
    next.set(name, number + 1)
    taken.add(`${name} (${number})`)
    return `${name} (${number})`
  })
}
