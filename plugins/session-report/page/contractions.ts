/** The contractions of a channel: what they were held against, and a row for each. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { OUTCOME_SHAPES, type Outcome, outcomeOf, shape } from '../drawing/marks.ts'
import type { Language } from '../languages/index.ts'
import { type Content, type Markup, markup, table } from '../markup.ts'

/** More rows than this are for a file, not for a page. */
const MOST_ROWS = 150

type Contraction = ChannelAnalysis['contractions'][number]

const OUTCOMES: Readonly<Record<Outcome, 'good' | 'missed' | 'unjudged'>> = {
  good: 'good',
  missed: 'missed',
  unjudged: 'unjudged',
}

function verdictOf(contraction: Contraction, { texts }: Language): Content {
  const words = texts.contractions
  const outcome = outcomeOf(contraction)
  const why = [
    ...(contraction.meetsMvc === false ? [words.tooWeak] : []),
    ...(contraction.meetsDuration === false ? [words.tooShort] : []),
  ]
  return markup`${shape(OUTCOME_SHAPES[outcome])} ${words[OUTCOMES[outcome]]}${why.length > 0 ? `${texts.colon}${why.join(', ')}` : ''}`
}

/** Who set a contraction is told where it was not always the detector. */
const hasEdits = ({ contractions }: ChannelAnalysis): boolean =>
  contractions.some(({ source }) => source === 'edited')

function rowOf(
  contraction: Contraction,
  place: number,
  channel: ChannelAnalysis,
  language: Language,
): Markup {
  const { texts, figures } = language
  const { startMs, endMs, durationMs, meanAmplitude, maxAmplitude, mvcAmplitude, mvcPercent, source } =
    contraction
  const isEdited = hasEdits(channel)
  const amount = (value: number | null): string =>
    value === null ? '–' : figures.amount(value, channel.unit)
  const { durationMs: asked } = channel.target
  const duration =
    asked === null ? figures.seconds(durationMs) : figures.against(durationMs / 1000, [asked / 1000], 3, 's')
  const percent =
    mvcPercent === null
      ? '–'
      : figures.against(mvcPercent, [100, ...(channel.mvc ? [channel.mvc.targetPercent] : [])], 1, '%')
  const cells = [
    figures.seconds(startMs),
    figures.seconds(endMs),
    duration,
    amount(meanAmplitude),
    amount(maxAmplitude),
    amount(mvcAmplitude),
    percent,
    verdictOf(contraction, language),
    ...(isEdited ? [texts.contractions[source]] : []),
  ]
  return markup`<tr><th scope="row">${place}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`
}

/** What contractions are held against, and how many reach it. */
function summaryOf({ contractions, mvc, target }: ChannelAnalysis, { texts, figures }: Language): Content {
  const words = texts.contractions
  const judged = contractions.filter(({ isGood }) => isGood !== null)
  const good = judged.filter(({ isGood }) => isGood === true).length
  const percent = mvc && mvc.value !== null ? figures.plain(mvc.targetPercent, '%') : null
  const duration = target.durationMs === null ? null : figures.plain(target.durationMs / 1000, 's')
  const hasTarget = percent !== null || duration !== null || target.contractions !== null
  return markup`<p>${words.summary(good, judged.length, contractions.length)}${
    hasTarget ? ` ${words.targets(percent, duration, target.contractions)}` : ''
  }${percent === null ? ` ${words.noMvc}` : ''}</p>
`
}

/** The contractions of a channel. */
export function contractionsOf(channel: ChannelAnalysis, language: Language): Markup {
  const words = language.texts.contractions
  const { contractions } = channel
  const shown = contractions.slice(0, MOST_ROWS)
  const isEdited = hasEdits(channel)
  const heads = [
    words.number,
    words.start,
    words.end,
    words.duration,
    words.mean,
    words.largest,
    words.held,
    words.percent,
    words.verdict,
    ...(isEdited ? [words.source] : []),
  ]
  const omitted = contractions.length - shown.length
  return markup`<h4>${words.title}</h4>
${
  contractions.length === 0
    ? markup`<p class="missing">${words.empty}</p>`
    : [
        summaryOf(channel, language),
        table(
          heads,
          shown.map((each, i) => rowOf(each, i + 1, channel, language)),
          'numbers contractions',
        ),
        shown.some(({ mvcAmplitude }) => mvcAmplitude === null)
          ? markup`<p class="missing">${words.noHeld}</p>`
          : '',
        omitted > 0 ? markup`<p class="missing">${words.omitted(omitted)}</p>` : '',
      ]
}
`
}
