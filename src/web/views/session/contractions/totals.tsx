/** How many contractions of each channel reached their targets, of how many that are asked for. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { amount } from '../../../language/amounts.ts'
import { exactPercent, exactSeconds, NO_FIGURE } from '../../../language/format.ts'
import { totalsOf } from './count.ts'
import { words } from './words.ts'

function MvcLine({ mvc }: Pick<AnalysedChannel, 'mvc'>) {
  const t = words()
  if (!mvc || mvc.value === null || mvc.source === null) return <li>{t.mvcUnknown}</li>
  return (
    <>
      <li>{t.mvcIs(amount(mvc.value, mvc.unit), t[mvc.source])}</li>
      {mvc.source === 'calculated' && <li class="session-caution">{t.mvcOwn}</li>}
    </>
  )
}

function ChannelTotals({ channel }: { readonly channel: AnalysedChannel }) {
  const t = words()
  const { all, reached, strong, long, unjudged, asked } = totalsOf(channel)
  const { mvc, target } = channel
  return (
    <li class="card">
      <h3>
        {channel.name}
        {(channel.side === 'left' || channel.side === 'right') && (
          <small class={`session-side ${channel.side}`}>{t[channel.side]}</small>
        )}
      </h3>
      <p class="session-total">
        <strong>
          {reached === null
            ? NO_FIGURE
            : asked === null
              ? t.reachedAlone(reached)
              : t.reachedOf(reached, asked)}
        </strong>{' '}
        <span>{reached === null ? t.noneJudged : t.reachedLabel(asked)}</span>
      </p>
      <ul>
        <li>{t.found(all)}</li>
        {strong !== null && <li>{t.strongCount(strong, exactPercent(mvc?.targetPercent))}</li>}
        {target.durationMs !== null && long !== null && (
          <li>{t.longCount(long, exactSeconds(target.durationMs))}</li>
        )}
        {unjudged > 0 && <li>{t.unjudgedCount(unjudged)}</li>}
        <MvcLine mvc={mvc} />
      </ul>
    </li>
  )
}

export function Totals({ channels }: { readonly channels: readonly AnalysedChannel[] }) {
  return (
    <ul class="session-totals">
      {channels.map((channel) => (
        <ChannelTotals key={channel.index} channel={channel} />
      ))}
    </ul>
  )
}
