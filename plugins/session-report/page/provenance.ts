/** Where every figure comes from, in the order of CEDE-Check. @see Besomi et al. (2024), J Electromyogr Kinesiol 76:102874 */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { type FileFact, fileFacts } from '../file-facts.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, list, type Markup, markup, own, row, table } from '../markup.ts'
import type { ReportSubject } from '../subject.ts'
import { missingValue } from './metrics.ts'
import { parametersOf } from './parameters.ts'
import { anatomyOf } from './quality.ts'

type Item = readonly [head: string, content: Content]

const statements = (facts: readonly FileFact[], { texts }: Language): Content =>
  facts.length === 0
    ? texts.notStated
    : list(facts.map(({ source, value }) => markup`${own(value)} <code>${source}</code>`))

/** A line for each channel. */
const eachChannel = (
  { texts }: Language,
  { analysis }: ReportSubject,
  say: (channel: ChannelAnalysis) => Content,
): Content =>
  list(analysis.channels.map((channel) => markup`${own(channel.name)}${texts.colon}${say(channel)}`))

function taskOf(subject: ReportSubject, language: Language): Content {
  const { settings } = subject.session ?? { settings: null }
  return [
    statements(fileFacts(subject.description).task, language),
    settings === null
      ? ''
      : markup`<p>${language.texts.provenance.settings}${language.texts.colon}<code>${own(JSON.stringify(settings))}</code></p>`,
  ]
}

const placementOf = (subject: ReportSubject, language: Language): Content => {
  const { texts } = language
  const words = texts.provenance
  return eachChannel(language, subject, (channel) => {
    const basis =
      channel.anatomyBasis === null
        ? words.anatomyUnknown
        : channel.anatomyBasis === 'assigned'
          ? words.assigned
          : words.label
    return markup`${anatomyOf(channel, language)} (${basis}); ${words.placement}${texts.colon}${texts.notStated}`
  })
}

function samplingOf(subject: ReportSubject, language: Language): Content {
  const { texts, figures } = language
  const words = texts.provenance
  const { alternativeRates, analogRates, analogRate } = subject.description
  const rates = Array.isArray(analogRates) ? analogRates : []
  const others = (Array.isArray(alternativeRates) ? alternativeRates : []) as ReadonlyArray<{
    readonly kind: unknown
    readonly value: unknown
    readonly source: unknown
  }>
  const hertz = (value: unknown): string =>
    typeof value === 'number' ? figures.plain(value, 'Hz') : texts.notStated
  return [
    eachChannel(language, subject, ({ index, rate, samples, durationS }) =>
      words.rates(
        hertz(rate),
        hertz(rates[index] ?? analogRate),
        figures.plain(samples),
        figures.seconds(1000 * durationS),
      ),
    ),
    list(
      others.map(({ kind, value, source }) =>
        own(words.otherRate(String(kind), hertz(value), String(source))),
      ),
    ),
  ]
}

/** Every check of every channel, with what it measured. */
function inspectionOf(subject: ReportSubject, language: Language): Content {
  const { texts, figures } = language
  return eachChannel(language, subject, ({ quality: { checks } }) =>
    joined(
      Object.entries(checks).map(([id, { status, value, unit, reason }]) => {
        const found =
          value === null
            ? markup`– ${language.say(reason ?? texts.unknown)}`
            : unit === '1'
              ? ''
              : unit === '%'
                ? figures.share(value)
                : figures.amount(value, unit)
        return markup`${texts.provenance.checks[id] ?? own(id)} ${found} (${texts.quality.verdicts[status]})`
      }),
      '; ',
    ),
  )
}

/** What filters, detection and spectra came to in each channel. */
const outcomeOf = (subject: ReportSubject, language: Language): Content => {
  const { texts, figures } = language
  const words = texts.provenance
  return eachChannel(language, subject, ({ band, thresholds, spectra, unit }) => {
    const levels = Object.entries(thresholds ?? {}).map(
      ([name, value]) =>
        markup`${words.levels[name as keyof typeof words.levels] ?? own(name)} ${figures.amount(value, unit)}`,
    )
    return joined(
      [
        band ? words.used(figures.plain(band[0], 'Hz'), figures.plain(band[1], 'Hz')) : words.noBand,
        ...(levels.length > 0 ? [markup`${words.thresholds}${texts.colon}${joined(levels, ', ')}`] : []),
        ...(spectra
          ? [words.spectra(figures.plain(spectra.segmentSamples), figures.plain(spectra.resolutionHz, 'Hz'))]
          : []),
      ],
      '; ',
    )
  })
}

const normalisationOf = (subject: ReportSubject, language: Language): Content => {
  const { texts, figures } = language
  return eachChannel(language, subject, ({ mvc }) =>
    !mvc || mvc.value === null
      ? missingValue(mvc?.reason ?? texts.unknown, language)
      : markup`${figures.amount(mvc.value, 'V')}, ${mvc.source === null ? texts.notStatedHere : texts.mvc.sources[mvc.source]}, ${mvc.method === null ? texts.notStatedHere : own(mvc.method)}`,
  )
}

const softwareOf = ({ analysis }: ReportSubject, { texts }: Language): Content => [
  markup`${texts.head.pipeline} ${analysis.pipelineVersion}; ${texts.head.preset} ${own(analysis.preset)}`,
  list(
    analysis.plugins.map(
      ({ name, version, hash }) =>
        markup`${own(name)} ${own(version)}${hash === null ? '' : markup` <code>${hash}</code>`}`,
    ),
  ),
]

/** The table of provenance. */
export function provenanceOf(subject: ReportSubject, language: Language): Markup {
  const { texts } = language
  const words = texts.provenance
  const { analysis, sha256, inputs, description } = subject
  const facts = fileFacts(description)
  const { affectedSide, edits } = analysis
  const items: readonly Item[] = [
    [words.task, taskOf(subject, language)],
    [words.muscles, placementOf(subject, language)],
    [
      words.electrodes,
      facts.electrodes.length === 0 ? words.electrodeFacts : statements(facts.electrodes, language),
    ],
    [words.instrumentation, statements(facts.instrumentation, language)],
    [words.sampling, samplingOf(subject, language)],
    [words.inspection, inspectionOf(subject, language)],
    [words.processing, parametersOf(analysis, language)],
    [words.normalisation, normalisationOf(subject, language)],
    [words.outcome, outcomeOf(subject, language)],
    [words.affected, affectedSide === null ? texts.notStatedHere : texts.sides[affectedSide]],
    [words.editsTitle, words.edits(edits.length)],
    [words.software, softwareOf(subject, language)],
    [words.inputs, inputs === null ? words.noInputs : markup`<code>${inputs}</code>`],
    [words.fileHash, markup`<code>${sha256}</code>`],
  ]
  return markup`<section class="provenance">
<h2>${words.title}</h2>
<p class="aside">${words.order}</p>
${table(
  [words.item, ''],
  items.map(([head, content]) => row(head, content)),
  'wide-last',
)}
</section>
`
}
