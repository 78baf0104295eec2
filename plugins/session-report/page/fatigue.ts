/** Fatigue of a channel: the plot, the slopes, and whether they may be read as fatigue. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { drawFatigue } from '../drawing/fatigue.ts'
import type { Language } from '../languages/index.ts'
import { type Content, type Markup, markup, row, table } from '../markup.ts'
import { metricName } from './metrics.ts'

type Fatigue = NonNullable<ChannelAnalysis['fatigue']>
type Slope = NonNullable<Fatigue['slopes']>['rms']

function slopeRow(id: string, slope: Slope, language: Language): Markup {
  const { figures } = language
  const none = '–'
  return row(
    metricName(id, language),
    slope.slope === null ? none : figures.amount(slope.slope, slope.unit),
    slope.percentPerMinute === null
      ? none
      : figures.plain(Number(slope.percentPerMinute.toPrecision(3)), '%'),
    slope.r2 === null ? none : figures.fixed(slope.r2, 2),
    slope.p === null ? none : figures.chance(slope.p),
    slope.n,
  )
}

/** What the slope of the median frequency says by itself. */
function directionOf(
  { medianFrequency: { slope, significant } }: NonNullable<Fatigue['slopes']>,
  { texts }: Language,
) {
  if (slope === null || significant !== true) return texts.fatigue.steady
  return slope < 0 ? texts.fatigue.falls : texts.fatigue.rises
}

function findings(fatigue: Fatigue, language: Language): Content {
  const { texts, figures } = language
  const words = texts.fatigue
  const { slopes, jasa, dimitrovRatio } = fatigue
  if (!slopes) return ''
  const heads = [words.figure, words.slope, words.perMinute, words.fit, words.chance, words.count]
  const rows = (['medianFrequency', 'meanFrequency', 'rms', 'dimitrovIndex'] as const).map((id) =>
    slopeRow(id, slopes[id], language),
  )
  return [
    table(heads, rows, 'numbers'),
    jasa
      ? markup`<p>${words.jasaTitle}${texts.colon}${words.jasa[jasa.quadrant]}${jasa.significant ? '' : ` (${words.jasaUnsure})`}.</p>`
      : '',
    dimitrovRatio === null
      ? ''
      : markup`<p>${words.dimitrovRatio}${texts.colon}${figures.plain(Number(dimitrovRatio.toPrecision(3)))}.</p>`,
  ]
}

/** The section of a channel on fatigue. */
export function fatigueOf(channel: ChannelAnalysis, language: Language): Markup {
  const { texts, say } = language
  const words = texts.fatigue
  const { fatigue } = channel
  if (!fatigue) return markup`<h4>${words.title}</h4><p class="missing">${words.notAsked}</p>`
  const { valid, reason, basis, points, slopes } = fatigue
  const reading = valid
    ? markup`<p>${slopes ? `${directionOf(slopes, language)} ` : ''}${words.may}</p>`
    : markup`<p class="caution">${words.mayNot}${reason === undefined ? texts.unknown : say(reason)}.</p>`
  return markup`<h4>${words.title}</h4>
${reading}
${
  points.length === 0
    ? ''
    : markup`<figure>${drawFatigue(channel, fatigue, language)}<figcaption>● ${words.pointOf} ${basis === null ? texts.unknown : words.points[basis]}; ${valid ? '—' : '- -'} ${valid ? words.line : words.lineInvalid}</figcaption></figure>`
}
${findings(fatigue, language)}
`
}
