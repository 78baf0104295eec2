/** How a number came about: its formula in words, the same with the figures in it, and each figure with its unit. */

import { fixed, NO_FIGURE, percent, significant, withUnit } from '../../../language/format.ts'
import { colon } from '../../../language/language.ts'
import { Said } from '../../../ui/said.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { formulaText, type QuantityUnit, type Reading, unitOf, workingText } from './explain.ts'
import type { Score } from './parts.ts'
import { words } from './words.ts'

type Muscles = Score['muscles']
type Figure = Score['overall'] | Score['gate'] | Score['sides']['left']
type Words = ReturnType<typeof words>

/** Enough to compute it again by hand. */
const DIGITS = 5
const exact = (value: number): string => significant(value, DIGITS)

function nameOf(id: string, muscles: Muscles, t: Words): string | undefined {
  if (id.startsWith('w_')) return t.weightOf(t.names(id.slice(2)))
  const muscle = /^muscle_(\d+)$/.exec(id)
  if (!muscle) return t.names(id) || undefined
  const found = muscles[Number(muscle[1]) - 1]
  return found ? `${found.muscle} (${t[found.side]})` : t.muscleNumber(Number(muscle[1]))
}

function quantity(value: number | null, unit: QuantityUnit, t: Words): string {
  if (value === null) return NO_FIGURE
  const text = exact(value)
  if (unit === 'percent') return withUnit(text, '%')
  if (unit === 'occlusion') return withUnit(text, t.ofOcclusion)
  if (unit === 'contractions') return withUnit(text, t.contractions)
  if (unit === 'points') return withUnit(text, t.points)
  return unit === 'weight' || unit === 'ratio' ? `${text} (${percent(100 * value, 1)})` : text
}

/** The number itself, as it is shown everywhere: a score with one digit behind the point, a share in percent. */
export const resultText = ({ value, unit }: Pick<Figure, 'value' | 'unit'>): string =>
  unit === '%' ? percent(value, 1) : percent(value === null ? null : 100 * value, 1)

function Values({ values, formula, name }: Figure['explanation'] & { readonly name: Reading['name'] }) {
  const t = words()
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  return (
    <Scrolling label={t.working}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.quantity}</th>
            <th scope="col" class="number">
              {t.figure}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(([id, value]) => (
            <tr key={id}>
              <th scope="row">{name(id) ?? id}</th>
              <td class="number">{quantity(value, unitOf(id, formula), t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

/** Opened by one click. @example <Explanation label={t.overall} figure={score.overall} muscles={score.muscles} /> */
export function Explanation({
  label,
  figure,
  muscles,
}: {
  /** What the number is, for those who do not see what it stands beside. */
  readonly label: string
  readonly figure: Figure
  /** Of the score: formulas name them by their place. */
  readonly muscles: Muscles
}) {
  const t = words()
  const { explanation, reason, value, unit } = figure
  const reading: Reading = { name: (id) => nameOf(id, muscles, t), figure: exact }
  const formula = formulaText(explanation.formula, reading)
  const working = workingText(explanation.formula, explanation.values, reading)
  const result = unit === '1' && value !== null ? exact(value) : percent(value, value === 100 ? 0 : 2)
  return (
    <details class="scores-how">
      <summary>
        {value === null ? t.howMissing : t.how}
        <span class="hidden-text">
          {colon()} {label}
        </span>
      </summary>
      {reason !== null && (
        <p>
          <Said text={reason} />
        </p>
      )}
      <dl>
        <dt>{t.formula}</dt>
        <dd>{formula ?? t.noFormula}</dd>
        {working !== null && value !== null && (
          <>
            <dt>{t.working}</dt>
            <dd>
              {working} = <strong>{result}</strong>
            </dd>
          </>
        )}
      </dl>
      <Values {...explanation} name={reading.name} />
    </details>
  )
}

/** Points of 100 as they are added up. */
export const pointsText = (points: number | null): string => fixed(points, 1)
