/** The channels, one after the other: plot, contractions, figures, MVC, fatigue. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { drawChannel } from '../drawing/channel.ts'
import { shape } from '../drawing/marks.ts'
import type { ChannelPicture } from '../drawing/picture.ts'
import type { Language } from '../languages/index.ts'
import { type Markup, markup, own } from '../markup.ts'
import type { ReportSubject } from '../subject.ts'
import { contractionsOf } from './contractions.ts'
import { fatigueOf } from './fatigue.ts'
import { activityOf, metricsOf, windowsOf } from './metrics.ts'
import { mvcOf } from './mvc.ts'
import { anatomyOf } from './quality.ts'

function channelOf(channel: ChannelAnalysis, picture: ChannelPicture, language: Language): Markup {
  const { texts, figures } = language
  const { verdict } = channel.quality
  return markup`<section>
<h2>${own(channel.name)} <span class="aside">${anatomyOf(channel, language)}</span> ${shape(verdict)} <span class="aside">${texts.quality.verdicts[verdict]}</span></h2>
<figure>${drawChannel(channel, picture, language)}<figcaption>${texts.plot.columns(figures.plain(picture.columnSamples))}</figcaption></figure>
${contractionsOf(channel, language)}<div class="side-by-side"><div>
${metricsOf(channel, language)}</div><div>
${activityOf(channel, language)}${mvcOf(channel, language)}</div></div>
${windowsOf(channel, language)}${fatigueOf(channel, language)}</section>
`
}

/** The sections of all channels. */
export const channelsOf = ({ analysis, pictures }: ReportSubject, language: Language): Markup[] =>
  analysis.channels.map((channel, i) => channelOf(channel, pictures[i] as ChannelPicture, language))
