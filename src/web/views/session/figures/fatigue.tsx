/** Fatigue of each channel: which way the median frequency goes, whether that is more than chance, and how to read it. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { chanceText } from '../../../language/amounts.ts'
import { fixed, significant, withUnit } from '../../../language/format.ts'
import { colon } from '../../../language/language.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Said } from '../../../ui/said.tsx'
import { words } from './words.ts'

type FatigueOfChannel = NonNullable<AnalysedChannel['fatigue']>
type Quadrant = NonNullable<FatigueOfChannel['jasa']>['quadrant']

function jasaText(quadrant: Quadrant): string {
  const t = words()
  const all: Readonly<Record<Quadrant, string>> = {
    fatigue: t.jasaFatigue,
    'force increase': t.jasaMore,
    'force decrease': t.jasaLess,
    recovery: t.jasaRecovery,
  }
  return all[quadrant]
}

function Slope({
  slope,
  basis,
}: {
  readonly slope: NonNullable<FatigueOfChannel['slopes']>['medianFrequency']
  readonly basis: FatigueOfChannel['basis']
}) {
  const t = words()
  const { percentPerMinute, p, r2, n, significant: isSignificant } = slope
  if (percentPerMinute === null) return null
  const way = isSignificant !== true ? t.slopeFlat : percentPerMinute < 0 ? t.slopeFalls : t.slopeRises
  const by = withUnit(significant(Math.abs(percentPerMinute)), '%')
  const signed = withUnit(significant(percentPerMinute), '%/min')
  return (
    <>
      <p>
        <strong>
          {way} {isSignificant !== true ? `(${signed})` : t.byPerMinute(by)}
        </strong>
      </p>
      <p>
        {p === null ? t.noChance : (isSignificant ? t.significant : t.notSignificant)(chanceText(p))}{' '}
        <span class="soft">{t.fit(fixed(r2, 2), n, basis)}</span>
      </p>
    </>
  )
}

function ChannelFatigue({ fatigue }: { readonly fatigue: AnalysedChannel['fatigue'] }) {
  const t = words()
  if (!fatigue) return <p class="soft">{t.notAsked}</p>
  if (!fatigue.valid || !fatigue.slopes)
    return (
      <p>
        {t.mayNot} <Said text={fatigue.reason ?? ''} />.
      </p>
    )
  return (
    <>
      <Slope slope={fatigue.slopes.medianFrequency} basis={fatigue.basis} />
      {fatigue.jasa && (
        <p class="soft">
          {t.jasa}
          {colon()} {fatigue.jasa.significant ? jasaText(fatigue.jasa.quadrant) : t.jasaUnsure}.
        </p>
      )}
    </>
  )
}

export function Fatigue({ channels }: { readonly channels: readonly AnalysedChannel[] }) {
  const t = words()
  return (
    <>
      <ul class="session-fatigue">
        {channels.map(({ index, name, quality, fatigue }) => (
          <li key={index}>
            <h3>
              {name} {quality.verdict === 'poor' && <QualityCaution />}
            </h3>
            <ChannelFatigue fatigue={fatigue} />
          </li>
        ))}
      </ul>
      {channels.some(({ fatigue }) => fatigue?.valid) && <p class="session-caution">{t.caution}</p>}
    </>
  )
}

const QualityCaution = () => <Badge kind="poor">{words().poorSignal}</Badge>
