/** What the figures of the rules are called, and their units. */
import { significant, withUnit } from '../../../language/format.ts'
import { entryOf, type FieldName, figureIn, type Rules } from './draft.ts'
import { words } from './words.ts'

export function labelOf(name: FieldName): string {
  const t = words()
  const [, rating] = /^rpe(\d+)$/.exec(name) ?? []
  return rating === undefined ? t[name as Exclude<FieldName, `rpe${number}`>] : t.rpeOf(rating)
}

/** Undefined for a share of 0 to 1, and for a count. */
export function unitOf(name: FieldName): string | undefined {
  const t = words()
  if (name.startsWith('rpe')) return '%'
  if (name === 'bfrLow' || name === 'bfrHigh') return t.aop
  if (name === 'mvcPercent') return t.mvc
  return name === 'contractionSeconds' ? 's' : undefined
}

/** A figure of the rules with its unit, as people read it. */
export function figureText(rules: Rules, name: FieldName): string {
  const text = significant(figureIn(rules, name) * (entryOf(name).scale ?? 1), 6)
  const unit = unitOf(name)
  return unit === undefined ? text : withUnit(text, unit)
}
