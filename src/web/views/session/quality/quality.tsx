/** Whether the figures can be relied on: the verdict on each signal, why, and what that means. */
import { useId } from 'preact/hooks'
import type { AnalysedChannel, Analysis } from '../../../api/shapes.ts'
import { href, path } from '../../../app/router.ts'
import { NO_FIGURE } from '../../../language/format.ts'
import { Badge, VerdictBadge } from '../../../ui/badge.tsx'
import { Said } from '../../../ui/said.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { checkName, checksOf, checkValue, plainReasons, worstVerdict } from './reasons.ts'
import { words } from './words.ts'
import './quality.css'

function Checks({ channel }: { readonly channel: AnalysedChannel }) {
  const t = words()
  return (
    <details class="session-checks">
      <summary aria-label={t.checksOf(channel.name)}>{t.allChecks}</summary>
      <Scrolling label={t.checksOf(channel.name)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.check}</th>
              <th scope="col">{t.result}</th>
              <th scope="col">{t.found}</th>
            </tr>
          </thead>
          <tbody>
            {checksOf(channel).map(({ id, status, value, unit, reason }) => (
              <tr key={id}>
                <th scope="row">{checkName(t, id)}</th>
                <td>
                  {status === 'unknown' ? (
                    <Badge kind="unknown">{t.unknown}</Badge>
                  ) : (
                    <VerdictBadge verdict={status} />
                  )}
                </td>
                <td>
                  {id === 'constant' ? null : value !== null ? (
                    checkValue(id, value, unit)
                  ) : status === 'good' ? (
                    t.notFound
                  ) : reason ? (
                    <Said text={reason} />
                  ) : (
                    NO_FIGURE
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </details>
  )
}

function ChannelQuality({
  channel,
  leavesGapsOut,
}: {
  readonly channel: AnalysedChannel
  readonly leavesGapsOut: boolean
}) {
  const t = words()
  const reasons = plainReasons(t, channel, { leavesGapsOut })
  return (
    <li class={reasons.length === 0 ? 'faultless' : undefined}>
      <h3>
        {channel.name} <VerdictBadge verdict={channel.quality.verdict} />
      </h3>
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ check, sentence, means }) => (
            <li key={check}>
              {sentence} {means && <span class="soft">{means}</span>}
            </li>
          ))}
        </ul>
      )}
      <Checks channel={channel} />
    </li>
  )
}

/** Stands before every figure of the session. */
export function Quality({ analysis }: { readonly analysis: Analysis }) {
  const t = words()
  const id = useId()
  const { channels, warnings, exclusions } = analysis
  const verdict = worstVerdict(channels)
  const remarks = [
    ...(exclusions.length > 0 ? [t.excluded(exclusions.length)] : []),
    ...(warnings.length > 0 ? [t.warnings(warnings.length)] : []),
  ]
  return (
    <section class={`session-quality ${verdict ?? 'unknown'}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{t.title}</h2>
        <p>{verdict === null ? t.none : t[verdict]}</p>
        {remarks.length > 0 && (
          <p class="soft">
            {remarks.join(', ')}. <a href={href(path.value, { tab: 'details' })}>{t.inDetails}</a>
          </p>
        )}
      </header>
      <ul class="session-quality-channels">
        {channels.map((channel) => (
          <ChannelQuality
            key={channel.index}
            channel={channel}
            leavesGapsOut={analysis.parameters.gaps.mask}
          />
        ))}
      </ul>
    </section>
  )
}
