/** The figures of a channel, with units; what is missing says why. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, type Markup, markup, own, row, table } from '../markup.ts'

export const missingValue = (reason: string, { say }: Language): Markup =>
  markup`<span class="missing">– ${say(reason)}</span>`

/** The name of a figure; one of a plugin keeps its own. */
export const metricName = (id: string, { texts }: Language): Content => texts.metrics.names[id] ?? own(id)

/** Figures over windows of the recording, where the preset asks for them. */
export function windowsOf({ windows }: ChannelAnalysis, language: Language): Content {
  if (!windows) return ''
  const { texts, figures } = language
  const words = texts.metrics
  const rows = Object.entries(windows).map(
    ([id, { mean, sd, min, max, coefficientOfVariation, n, unit, reason }]) => {
      const amount = (value: number | null): Content =>
        value === null
          ? reason === undefined
            ? '–'
            : missingValue(reason, language)
          : figures.amount(value, unit)
      return row(
        metricName(id, language),
        amount(mean),
        amount(sd),
        amount(min),
        amount(max),
        coefficientOfVariation === null ? '–' : figures.share(100 * coefficientOfVariation),
        n,
      )
    },
  )
  return markup`<h4>${words.windows}</h4>
${table([words.metric, words.mean, words.sd, words.least, words.most, words.variation, words.count], rows, 'numbers')}`
}

function activityRows({ bursts, activatedAgreement }: ChannelAnalysis, language: Language): Markup[] {
  const { texts, figures } = language
  const words = texts.bursts
  const none = (reason: string): Markup => markup`<span class="missing">– ${reason}</span>`
  const entries: ReadonlyArray<readonly [string, Content]> = [
    [words.tension, figures.seconds(bursts.timeUnderTensionMs)],
    [
      words.duty,
      bursts.dutyCyclePercent === null ? none(words.noDuration) : figures.share(bursts.dutyCyclePercent),
    ],
    [
      words.meanDuration,
      bursts.meanDurationMs === null ? none(words.noDuration) : figures.seconds(bursts.meanDurationMs),
    ],
    [words.rest, bursts.meanRestMs === null ? none(words.noRest) : figures.seconds(bursts.meanRestMs)],
    ...(activatedAgreement === null ? [] : [[words.agreement, figures.share(activatedAgreement)] as const]),
  ]
  return entries.map(([name, value]) => row(name, value))
}

/** How long and how often the muscle was active. */
export const activityOf = (channel: ChannelAnalysis, language: Language): Markup => {
  const { texts } = language
  return markup`<h4>${texts.bursts.title}</h4>
${table([texts.metrics.metric, texts.metrics.value], activityRows(channel, language), 'figures')}`
}

/** The figures of a channel. */
export function metricsOf(channel: ChannelAnalysis, language: Language): Markup {
  const words = language.texts.metrics
  const rows = Object.entries(channel.metrics).map(([id, metric]) =>
    row(
      metricName(id, language),
      'reason' in metric
        ? missingValue(metric.reason, language)
        : language.figures.amount(metric.value, metric.unit),
      words.overs[metric.over],
      'reason' in metric ? '' : metric.n,
    ),
  )
  return markup`<h4>${words.title}</h4>
${table([words.metric, words.value, words.over, words.samples], rows, 'figures')}`
}
