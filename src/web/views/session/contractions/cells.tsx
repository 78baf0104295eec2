/** The cells of a contraction: each figure with its unit, or why there is none. */
import { against, amount, voltsIn } from '../../../language/amounts.ts'
import { NO_FIGURE, seconds } from '../../../language/format.ts'
import type { Row } from './rows.ts'
import { VerdictMark } from './verdict-mark.tsx'
import { words } from './words.ts'

/** What is not known, with the reason for those who cannot see what stands beside it. */
const Missing = ({ why }: { readonly why: string }) => (
  <>
    <span aria-hidden="true">{NO_FIGURE}</span>
    <span class="hidden-text">{why}</span>
  </>
)

function YesNo({ value, why }: { readonly value: boolean | null; readonly why: string }) {
  const t = words()
  if (value === null) return <Missing why={why} />
  return (
    <span class={`session-yes ${value ? 'good' : 'missed'}`}>
      <span aria-hidden="true">{value ? '✓' : '✕'}</span> {value ? t.yes : t.no}
    </span>
  )
}

export function Cells({ row }: { readonly row: Row }) {
  const t = words()
  const { channel, contraction, verdict } = row
  const { startMs, durationMs, meanAmplitude, mvcPercent, meetsMvc, meetsDuration, source } = contraction
  const noStrength =
    (channel.mvc?.value ?? null) === null
      ? t.noMvc
      : voltsIn(channel.unit) === null
        ? t.noVolts
        : t.tooShortToHold
  return (
    <>
      <td>
        {channel.name}
        {(channel.side === 'left' || channel.side === 'right') && (
          <small class={`session-side ${channel.side}`}>{t[channel.side]}</small>
        )}
      </td>
      <td>
        <VerdictMark verdict={verdict} />
      </td>
      <td class="number">{seconds(startMs)}</td>
      <td class="number">
        {against(
          durationMs / 1000,
          [channel.target.durationMs === null ? null : channel.target.durationMs / 1000],
          2,
          's',
        )}
      </td>
      <td class="number">
        {meanAmplitude === null ? <Missing why={t.noAmplitude} /> : amount(meanAmplitude, channel.unit)}
      </td>
      <td class="number">
        {mvcPercent === null ? (
          <Missing why={noStrength} />
        ) : (
          against(mvcPercent, [channel.mvc?.targetPercent], 1, '%')
        )}
      </td>
      <td>
        <YesNo value={meetsMvc} why={noStrength} />
      </td>
      <td>
        <YesNo value={meetsDuration} why={t.noDurationTarget} />
      </td>
      <td>{t[source]}</td>
    </>
  )
}
