/** What the figures were made with: file, channels, preset, versions, and every parameter. */
import type { AnalysedChannel, Analysis } from '../../../api/shapes.ts'
import { amount } from '../../../language/amounts.ts'
import {
  bytes,
  dateTime,
  exactPercent,
  exactSeconds,
  fixed,
  seconds,
  significant,
} from '../../../language/format.ts'
import { type Fact, Facts } from '../../../ui/facts.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { fieldName, words as parameterWords, wordOf } from '../parameters/words.ts'
import type { Subject } from '../subject.ts'
import { type ParameterLine, parameterLines } from './parameter-lines.ts'
import { words } from './words.ts'

function factsOf({ analysis, recording }: Subject): Fact[] {
  const t = words()
  const { affectedSide } = analysis
  return [
    { label: t.preset, value: wordOf(analysis.preset) ?? analysis.preset },
    { label: t.pipeline, value: analysis.pipelineVersion },
    {
      label: t.affected,
      value: affectedSide === null ? null : t[affectedSide],
      note: affectedSide === null && t.affectedUnknown,
    },
    {
      label: t.plugins,
      value: analysis.plugins.map(({ name, version }) => `${name} ${version}`).join(', '),
    },
    ...(recording
      ? [
          {
            label: t.file,
            value: recording.fileName ?? null,
            note: recording.fileName
              ? undefined
              : recording.withheld?.includes('fileName')
                ? t.nameWithheld
                : t.noName,
          },
          { label: t.format, value: recording.format.toUpperCase() },
          { label: t.fileSize, value: bytes(recording.size) },
          { label: t.receivedAt, value: dateTime(recording.receivedAt) },
          { label: t.fileHash, value: <code>{recording.sha256}</code> },
        ]
      : []),
  ]
}

function targetOf({ mvc, target: { durationMs, contractions } }: AnalysedChannel): string {
  const t = words()
  return [
    mvc ? t.ofMvc(exactPercent(mvc.targetPercent)) : t.noMvc,
    durationMs === null ? t.anyDuration : exactSeconds(durationMs),
    contractions === null ? t.anyCount : t.times(fixed(contractions)),
  ].join(', ')
}

function ChannelRow({ channel }: { readonly channel: AnalysedChannel }) {
  const t = words()
  const { name, muscle, side, anatomyBasis, rate, band, durationS, unit, unitBasis } = channel
  const anatomy = [muscle, side === 'left' || side === 'right' ? t[side] : null].filter(Boolean).join(', ')
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {anatomy === '' ? t.unknownAnatomy : anatomy}{' '}
        {anatomyBasis && <small class="soft">{t[anatomyBasis]}</small>}
      </td>
      <td class="number">{amount(rate, 'Hz', 6)}</td>
      <td class="number">{band ? `${significant(band[0])}–${amount(band[1], 'Hz', 4)}` : t.noBand}</td>
      <td class="number">{seconds(1000 * durationS, 1)}</td>
      <td>
        {unit} <small class="soft">{t[unitBasis]}</small>
      </td>
      <td>{targetOf(channel)}</td>
    </tr>
  )
}

function Channels({ channels }: Pick<Analysis, 'channels'>) {
  const t = words()
  return (
    <Scrolling label={t.channels}>
      <table>
        <caption class="hidden-text">{t.channels}</caption>
        <thead>
          <tr>
            <th scope="col">{t.channel}</th>
            <th scope="col">{t.muscle}</th>
            <th scope="col" class="number">
              {t.rate}
            </th>
            <th scope="col" class="number">
              {t.band}
            </th>
            <th scope="col" class="number">
              {t.length}
            </th>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.targets}</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <ChannelRow key={channel.index} channel={channel} />
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

function lineText({ value }: ParameterLine): string {
  const t = parameterWords()
  if (value === null) return t.none
  if (typeof value === 'boolean') return value ? t.yes : t.no
  return typeof value === 'number' ? significant(value, 6) : (wordOf(value) ?? value)
}

function Parameters({ parameters }: Pick<Analysis, 'parameters'>) {
  const t = words()
  return (
    <details>
      <summary>{t.parameters}</summary>
      <Scrolling label={t.parameters}>
        <table>
          <caption class="hidden-text">{t.parameters}</caption>
          <thead>
            <tr>
              <th scope="col">{t.parameter}</th>
              <th scope="col">{t.value}</th>
            </tr>
          </thead>
          <tbody>
            {parameterLines(parameters).map((line) => {
              const name = fieldName(line.path)
              return (
                <tr key={line.path}>
                  <th scope="row">
                    {wordOf(line.path) ?? name} <code class="soft">{line.path}</code>
                  </th>
                  <td>{lineText(line)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scrolling>
    </details>
  )
}

export function Provenance({ subject }: { readonly subject: Subject }) {
  const t = words()
  return (
    <section class="card stack" aria-labelledby="session-provenance">
      <h2 id="session-provenance">{t.provenance}</h2>
      <Facts facts={factsOf(subject)} />
      <Channels channels={subject.analysis.channels} />
      <Parameters parameters={subject.analysis.parameters} />
    </section>
  )
}
