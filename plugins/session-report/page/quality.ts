/** The verdict on the signals, first of all: in words, with the reasons, what was left out and what to bear in mind. */
import type { ChannelAnalysis, FullAnalysis } from '../../emg-analyzer/index.ts'
import { shape } from '../drawing/marks.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, list, type Markup, markup, own, row, table } from '../markup.ts'

type Verdict = ChannelAnalysis['quality']['verdict']

const ORDER: readonly Verdict[] = ['poor', 'usable', 'good']

/** The worst of all channels; none without a channel. */
const worstOf = (channels: FullAnalysis['channels']): Verdict | 'none' =>
  ORDER.find((verdict) => channels.some(({ quality }) => quality.verdict === verdict)) ?? 'none'

export const anatomyOf = ({ muscle, side }: ChannelAnalysis, { texts }: Language): Content => {
  if (muscle === null) return texts.unknown
  return side === null || side === 'none'
    ? markup`${own(muscle)}, ${texts.sides.none}`
    : markup`${own(muscle)}, ${texts.sides[side]}`
}

const reasonsOf = ({ quality }: ChannelAnalysis, { texts, say }: Language): Content =>
  quality.reasons.length === 0
    ? texts.quality.allGood
    : joined(
        quality.reasons.map(({ message }) => say(message)),
        ' ',
      )

/** Channels left out, those of one reason together. */
function exclusionsOf({ exclusions }: FullAnalysis, { texts, say }: Language): Content {
  if (exclusions.length === 0) return ''
  const byReason = Map.groupBy(exclusions, ({ reason }) => reason)
  const items = [...byReason].map(
    ([reason, some]) =>
      markup`${joined(
        some.map(({ name }) => own(name)),
        ', ',
      )}${texts.colon}${say(reason)}`,
  )
  return markup`<h3>${texts.quality.excluded}</h3>${list(items)}`
}

const warningsOf = ({ warnings }: FullAnalysis, { texts, say }: Language): Content =>
  warnings.length === 0
    ? ''
    : markup`<h3>${texts.quality.warnings}</h3>${list(
        warnings.map(({ code, message }) => markup`${say(message)} <code>${own(code)}</code>`),
      )}`

/** The section on the signals. */
export function qualityOf(analysis: FullAnalysis, language: Language): Markup {
  const { texts } = language
  const { quality } = texts
  const overall = worstOf(analysis.channels)
  const rows = analysis.channels.map((channel) =>
    row(
      own(channel.name),
      anatomyOf(channel, language),
      markup`<span class="nowrap">${shape(channel.quality.verdict)} ${quality.verdicts[channel.quality.verdict]}</span>`,
      reasonsOf(channel, language),
    ),
  )
  return markup`<section>
<h2>${quality.title}</h2>
<p class="verdict ${overall}">${overall === 'none' ? '' : shape(overall)} ${quality.overall[overall]}</p>
${rows.length === 0 ? '' : table([quality.channel, quality.muscle, quality.verdict, quality.why], rows, 'wide-last')}
${warningsOf(analysis, language)}
${exclusionsOf(analysis, language)}
</section>
`
}
