/** Formulas of a score as people read them: `*` as ×, names as words, figures in the language of the page. */

/** How a formula is said: names of quantities, of functions, and figures. */
export interface Reading {
  /** undefined: nobody knows the name, and the formula is not shown. */
  readonly name: (id: string) => string | undefined
  readonly figure: (value: number) => string
}

const TOKEN = /\s*(?:(?<name>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)|(?<sign>[-+*/(),]))/gy

const SIGNS: Readonly<Record<string, string>> = { '+': ' + ', '-': ' − ', '*': ' × ', '/': ' ÷ ', ',': '; ' }

/**
 * A formula in words and figures.
 *
 * @param inserted what stands in place of a name; null where the name is to be said
 * @returns null where something in it is not known
 */
function read(formula: string, { name, figure }: Reading, inserted: (id: string) => string | null) {
  let text = ''
  /** What closes each open bracket. */
  const open: string[] = []
  let end = 0
  for (const { 0: all, index, groups = {} } of formula.matchAll(TOKEN)) {
    const next = formula[index + all.length]
    end = index + all.length
    if (groups.number !== undefined) text += figure(Number(groups.number))
    else if (groups.name === 'abs' && next === '(') continue
    else if (groups.name !== undefined) {
      const said = inserted(groups.name) ?? name(groups.name)
      if (said === undefined) return null
      text += next === '(' ? `${said} ` : said
    } else if (groups.sign === '(') {
      const isAbsolute = formula.slice(0, index + all.length - 1).endsWith('abs')
      open.push(isAbsolute ? '|' : ')')
      text += isAbsolute ? '|' : '('
    } else if (groups.sign === ')') text += open.pop() ?? ')'
    else text += SIGNS[groups.sign as string]
  }
  return end === formula.length ? text : null
}

/**
 * @example formulaText('min(total / target, 1)', reading) // 'the smaller of (contractions ÷ target; 1)'
 * @returns null where it has a name that nobody knows
 */
export const formulaText = (formula: string, reading: Reading): string | null =>
  read(formula, reading, () => null)

/**
 * The formula with its figures in it.
 *
 * @example workingText('total / target', { total: 11, target: 12 }, reading) // '11 ÷ 12'
 * @returns null where a figure is missing
 */
export function workingText(
  formula: string,
  values: Readonly<Record<string, number | null>>,
  reading: Reading,
): string | null {
  if (Object.values(values).includes(null)) return null
  return read(formula, reading, (id) => {
    const value = values[id]
    return value === undefined || value === null ? null : reading.figure(value)
  })
}

/** What a quantity of a formula is counted in. */
export type QuantityUnit = 'percent' | 'occlusion' | 'contractions' | 'points' | 'weight' | 'ratio' | 'none'

const UNITS: Readonly<Record<string, QuantityUnit>> = {
  total: 'contractions',
  target: 'contractions',
  meetsMvc: 'contractions',
  meetsDuration: 'contractions',
  points: 'points',
  max_points: 'points',
  completion: 'ratio',
  intensity: 'ratio',
  duration: 'ratio',
  rpe: 'none',
  gate: 'none',
}

/** @param formula tells pressures of the cuffs from scores of the sides, as both go by their side */
export function unitOf(id: string, formula: string): QuantityUnit {
  if (id.startsWith('w_')) return 'weight'
  if (formula.includes('within(')) return 'occlusion'
  return UNITS[id] ?? 'percent'
}
