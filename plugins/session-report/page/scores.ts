/** Scores with their parts, weights and completeness, each with the formula and the values in it. */
import * as v from 'valibot'
import type { FullAnalysis } from '../../emg-analyzer/index.ts'
import { type AnalysisScore, AnalysisScoreSchema } from '../../performance-scoring/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, type Markup, markup, own, row, table } from '../markup.ts'
import { missingValue } from './metrics.ts'

type Figure = Pick<AnalysisScore['gate'], 'value' | 'reason' | 'explanation'> & { readonly unit: string }

const COMPONENTS = ['compliance', 'symmetry', 'effort', 'game'] as const
const PARTS = ['completion', 'intensity', 'duration', 'score'] as const

/** A score to a tenth; a ratio of counts as a share of the whole. */
const shown = (value: number, unit: string, { figures }: Language): string =>
  unit === '1' ? figures.share(100 * value) : figures.fixed(value, 1, unit)

const valueOrWhy = ({ value, unit, reason }: Figure, language: Language): Content =>
  value === null
    ? missingValue(reason ?? language.texts.scores.noScore, language)
    : shown(value, unit, language)

/** The formula, and below it the same with its values. */
const calculation = ({ explanation: { formula, working } }: Figure): Content =>
  markup`<code class="calculation">${formula}</code>${
    working === null ? '' : markup`<br><code class="calculation">${working}</code>`
  }`

function componentRows(scores: AnalysisScore, language: Language): Markup[] {
  const { texts, figures, say } = language
  const words = texts.scores
  const { components, completeness, configuration, overall } = scores
  const presence = (id: keyof typeof completeness): Content => {
    const { state, reasons } = completeness[id]
    // What is missing whole says why in place of its value.
    const gaps = state === 'missing' ? [] : reasons
    return markup`${words.states[state]}${gaps.length > 0 ? markup`${texts.colon}${joined(gaps.map(say), '; ')}` : ''}`
  }
  const rows = COMPONENTS.map((id) =>
    row(
      markup`<span class="nowrap">${words.names[id]}</span>`,
      valueOrWhy(components[id], language),
      figures.share(100 * configuration.rules.weights[id]),
      figures.share(100 * overall.effectiveWeights[id]),
      presence(id),
      calculation(components[id]),
    ),
  )
  const { gate } = scores
  const gateRow = row(
    words.names.gate,
    gate.value === null ? missingValue(gate.reason ?? words.absent, language) : figures.plain(gate.value),
    '–',
    '–',
    presence('bfr'),
    calculation(gate),
  )
  return [...rows, gateRow]
}

function muscleRows({ muscles, configuration }: AnalysisScore, language: Language): Markup[] {
  const { texts, figures } = language
  const words = texts.scores
  const { muscleWeights } = configuration.rules
  return muscles.flatMap((muscle) =>
    PARTS.map((part) =>
      row(
        markup`${own(muscle.muscle)} (${texts.sides[muscle.side]})`,
        words.names[part],
        valueOrWhy(muscle[part], language),
        part === 'score' ? '–' : figures.share(100 * muscleWeights[part]),
        calculation(muscle[part]),
      ),
    ),
  )
}

function scored(scores: AnalysisScore, language: Language): Content {
  const { texts, figures } = language
  const words = texts.scores
  const { overall, configuration, scoringVersion, chosenBy, sides } = scores
  const { name, version } = configuration
  return [
    markup`<p class="overall">${words.overall}${texts.colon}<strong>${valueOrWhy(overall, language)}</strong> <span class="aside">${words.coverage(
      figures.share(100 * overall.coverage),
    )}</span><br>${calculation(overall)}</p>`,
    table(
      [words.part, words.value, words.weight, words.acting, words.completeness, words.calculation],
      componentRows(scores, language),
      'figures',
    ),
    table(
      [words.muscle, words.part, words.value, words.weight, words.calculation],
      [
        ...muscleRows(scores, language),
        ...(['left', 'right', 'none'] as const)
          .filter((side) => sides[side].value !== null)
          .map((side) =>
            row(
              words.side(texts.sides[side]),
              '',
              valueOrWhy(sides[side], language),
              '–',
              calculation(sides[side]),
            ),
          ),
      ],
      'figures',
    ),
    markup`<p class="aside">${own(words.configuration(name, version, scoringVersion))} (${words.chosen[chosenBy]}).</p>`,
  ]
}

/** The section on scores; a plugin of its own makes them, so that they may be absent. */
export function scoresOf(analysis: FullAnalysis, language: Language): Markup {
  const words = language.texts.scores
  const read = v.safeParse(AnalysisScoreSchema, analysis.scores)
  return markup`<section>
<h2>${words.title}</h2>
${read.success ? scored(read.output, language) : markup`<p class="missing">${words.missing}</p>`}
</section>
`
}
