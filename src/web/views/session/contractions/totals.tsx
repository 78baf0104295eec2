/** How many contractions of each channel reached their targets, of how many that are asked for. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { amount, voltsIn } from '../../../language/amounts.ts'
import { exactPercent, exactSeconds, NO_FIGURE } from '../../../language/format.ts'
import { Said } from '../../../ui/said.tsx'
import { type Totals as Counts, totalsOf, whyUncounted } from './count.ts'
import { words } from './words.ts'

function MvcLine({ mvc }: Pick<AnalysedChannel, 'mvc'>) {
  const t = words()
  if (!mvc || mvc.value === null || mvc.source === null) return <li>{t.mvcUnknown}</li>
  return (
    <>
      <li>{t.mvcIs(amount(mvc.value, mvc.unit), t[mvc.source])}</li>
      {mvc.source === 'calculated' && (
        <li class="session-caution">{mvc.method === 'rms-500' ? t.mvcOwn : t.mvcOwnOtherwise}</li>
      )}
    </>
  )
}

function Uncounted({ channel }: { readonly channel: AnalysedChannel }) {
  const reason = whyUncounted(channel)
  return <li>{reason === null ? words().noRest : <Said text={reason} />}</li>
}

function reachedText(reached: number | null, asked: number | null): string {
  const t = words()
  if (reached === null) return NO_FIGURE
  if (asked === null) return t.reachedAlone(reached)
  return reached > asked ? t.reachedOver(reached, asked) : t.reachedOf(reached, asked)
}

function reachedLabel({ all, reached, asked }: Counts): string {
  const t = words()
  if (all === null) return t.uncounted
  if (reached === null) return all === 0 ? t.noneToReach : t.noneJudged
  return asked !== null && reached > asked ? t.reachedLabelOver : t.reachedLabel(asked)
}

function ChannelTotals({ channel }: { readonly channel: AnalysedChannel }) {
  const t = words()
  const totals = totalsOf(channel)
  const { all, reached, strong, long, unheld, unjudged, asked } = totals
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
        <strong>{reachedText(reached, asked)}</strong> <span>{reachedLabel(totals)}</span>
      </p>
      <ul>
        {all === null ? <Uncounted channel={channel} /> : <li>{t.found(all)}</li>}
        {strong === null && (all ?? 0) > 0 && typeof mvc?.value === 'number' && (
          <li>{voltsIn(channel.unit) === null ? t.noVolts : t.strongNot}</li>
        )}
        {strong !== null && <li>{t.strongCount(strong, exactPercent(mvc?.targetPercent))}</li>}
        {strong !== null && unheld > 0 && <li>{t.unheldCount(unheld)}</li>}
        {target.durationMs !== null && long !== null && (
          <li>{t.longCount(long, exactSeconds(target.durationMs))}</li>
        )}
        {unjudged > 0 && <li>{t.unjudgedCount(unjudged)}</li>}
        <MvcLine mvc={mvc} />
        {channel.unitBasis === 'assumed' && <li class="session-caution">{t.assumedUnit}</li>}
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
