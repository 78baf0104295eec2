/** Symmetry of left and right, and co-contraction of antagonists. */
import type { FullAnalysis } from '../../emg-analyzer/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, type Markup, markup, own, row, table } from '../markup.ts'
import { missingValue } from './metrics.ts'

type Pair = FullAnalysis['pairs'][number]
type Symmetry = Extract<Pair, { kind: 'symmetry' }>
type CoContraction = Extract<Pair, { kind: 'co-contraction' }>
type Index = Symmetry['robinsonIndex']

const indexOf = (index: Index, unit: string, language: Language): Content =>
  index.value === null
    ? missingValue(index.reason, language)
    : language.figures.plain(Number(index.value.toPrecision(3)), unit)

function symmetryRow(pair: Symmetry, language: Language): Markup {
  const { texts, figures } = language
  const words = texts.pairs
  const amplitude = (value: number | null): string =>
    value === null
      ? '–'
      : pair.of === 'mvc-percent'
        ? figures.plain(Number(value.toPrecision(3)), '%')
        : figures.amount(value, 'V')
  return row(
    own(pair.muscle),
    amplitude(pair.leftValue),
    amplitude(pair.rightValue),
    pair.of === 'mvc-percent' ? words.ofMvc : words.ofAmplitude,
    indexOf(pair.robinsonIndex, '%', language),
    indexOf(pair.limbSymmetryIndex, '%', language),
    indexOf(pair.symmetryAngle, '%', language),
    indexOf(pair.ghostlySymmetry, '%', language),
  )
}

function coContractionRow(pair: CoContraction, language: Language): Markup {
  const { texts } = language
  const words = texts.pairs
  return row(
    joined(pair.muscles.map(own), ' – '),
    texts.sides[pair.side],
    indexOf(pair.falconerWinter, '%', language),
    indexOf(pair.rudolph, '', language),
    pair.normalisation === 'mvc' ? words.byMvc : words.byPeak,
  )
}

/** The sections on pairs of channels. */
export function pairsOf({ pairs }: FullAnalysis, language: Language): Markup {
  const words = language.texts.pairs
  const symmetries = pairs.filter((pair) => pair.kind === 'symmetry')
  const coContractions = pairs.filter((pair) => pair.kind === 'co-contraction')
  const symmetryHeads = [
    words.muscle,
    words.left,
    words.right,
    words.note,
    words.robinson,
    words.limb,
    words.angle,
    words.ghostly,
  ]
  const coContractionHeads = [words.pair, words.side, words.falconerWinter, words.rudolph, words.note]
  return markup`<section>
<h2>${words.symmetry}</h2>
${
  symmetries.length === 0
    ? markup`<p class="missing">${words.noSymmetry}</p>`
    : table(
        symmetryHeads,
        symmetries.map((pair) => symmetryRow(pair, language)),
        'figures',
      )
}
<h2>${words.coContraction}</h2>
${
  coContractions.length === 0
    ? markup`<p class="missing">${words.noCoContraction}</p>`
    : table(
        coContractionHeads,
        coContractions.map((pair) => coContractionRow(pair, language)),
        'figures',
      )
}
</section>
`
}
