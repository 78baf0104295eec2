/** The MVC that a channel was held against: its value, where it is from, how far it can be relied on. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, type Markup, markup, own } from '../markup.ts'
import { missingValue } from './metrics.ts'

/** The MVC of a channel in one paragraph. */
export function mvcOf({ mvc }: ChannelAnalysis, language: Language): Markup {
  const { texts, figures, say } = language
  const words = texts.mvc
  const parts: Content[] = []
  if (!mvc || mvc.value === null) parts.push(missingValue(mvc?.reason ?? texts.unknown, language))
  else {
    parts.push(
      markup`<strong>${figures.amount(mvc.value, 'V')}</strong>`,
      `${words.source}${texts.colon}${mvc.source === null ? texts.notStatedHere : words.sources[mvc.source]}`,
      markup`${words.method}${texts.colon}${mvc.method === null ? texts.notStatedHere : own(mvc.method)}`,
      `${words.confidence}${texts.colon}${mvc.confidence === null ? texts.notStatedHere : words.confidences[mvc.confidence]}`,
      ...(mvc.unitBasis === null ? [] : [words.unitBasis[mvc.unitBasis]]),
      mvc.ageDays === null ? words.ageUnknown : words.days(figures.plain(Math.round(mvc.ageDays))),
    )
  }
  const passedOver = (mvc?.passedOver ?? []).map(
    ({ source, reason }) => markup`${words.sources[source]} (${say(reason)})`,
  )
  return markup`<h4>${words.title}</h4>
<p>${joined(parts, '; ')}.</p>
${mvc?.source === 'calculated' ? markup`<p class="caution">${words.fromThis}</p>` : ''}
${passedOver.length === 0 ? '' : markup`<p class="aside">${words.passedOver}${texts.colon}${joined(passedOver, '; ')}.</p>`}
`
}
