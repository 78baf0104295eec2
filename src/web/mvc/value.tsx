/** An MVC value: the figure, where it is from in plain words, how far it can be relied on, and what was passed over. */

import { amplitude } from '../language/format.ts'
import { colon } from '../language/language.ts'
import { Badge, type BadgeKind } from '../ui/badge.tsx'
import type { Fact } from '../ui/facts.tsx'
import { Said } from '../ui/said.tsx'
import { ageOf, methodParts, type Resolution, rungsOf } from './resolution.ts'
import { words } from './words.ts'
import './value.css'

const KINDS: Readonly<Record<NonNullable<Resolution['confidence']>, BadgeKind>> = {
  high: 'good',
  moderate: 'usable',
  low: 'poor',
}

/** The method of `calculated` that takes the loudest half second. */
const HALF_SECOND = 'rms-500'

/** What somebody entered is shown as it was entered; what was measured to three digits. */
export const mvcText = (volts: number | null, source: string | null): string =>
  amplitude(volts, source === 'manual' ? 6 : 3)

/** How a value was determined, in words; the clinic’s own words are quoted. */
export function methodText(method: string): string {
  const t = words()
  const parts = methodParts(method)
  return parts.parameter === null ? t.methods(parts.method) : t.methodParameter(parts.parameter)
}

function ageText(ageDays: number | null): string {
  const t = words()
  const age = ageOf(ageDays)
  if (age.kind === 'unknown') return t.ageUnknown
  if (age.kind === 'today') return t.ageToday
  return age.kind === 'later' ? t.ageLater(age.days) : t.age(age.days)
}

export const ConfidenceBadge = ({
  confidence,
}: {
  readonly confidence: NonNullable<Resolution['confidence']>
}) => <Badge kind={KINDS[confidence]}>{words().confidenceOf(words()[confidence])}</Badge>

/** Where the values of a patient are asked for, and not those of a session. */
const NO_RECORDING = 'no recording is in question'

/** What the server says where no source has a value: that nothing holds, and not what to do. */
const NOTHING_HOLDS = 'no rung of the cascade holds'

function NoValue({ reason, passedOver }: Resolution) {
  const t = words()
  if (reason !== null && reason !== NOTHING_HOLDS) return <Said text={reason} />
  return passedOver.some((rung) => rung.reason === NO_RECORDING) ? t.noValueOfPatient : t.noValueMeans
}

/** The value in large, with its source and its confidence beside it. */
export function MvcValue({ resolution }: { readonly resolution: Resolution }) {
  const t = words()
  const { value, source, method, confidence, unitBasis } = resolution
  if (value === null || source === null) {
    return (
      <div class="mvc-value">
        <p class="mvc-figure none">{t.noValue}</p>
        <p>
          <NoValue {...resolution} />
        </p>
      </div>
    )
  }
  return (
    <div class="mvc-value">
      <p class="row">
        <span class="mvc-figure">{mvcText(value, source)}</span>
        {confidence && <ConfidenceBadge confidence={confidence} />}
      </p>
      <p>
        <strong>{t.sources(source)}.</strong>{' '}
        {source === 'calculated' && method !== HALF_SECOND ? t.calculatedOtherwise : t.explains(source)}
      </p>
      {confidence && <p class="soft">{source === 'default' ? t.lowDefaultMeans : t[`${confidence}Means`]}</p>}
      {unitBasis === 'assumed' && <p>{t.unitAssumed}</p>}
    </div>
  )
}

/** How and when, as facts beside others. */
export function mvcFacts({ value, method, ageDays }: Resolution): Fact[] {
  const t = words()
  if (value === null) return []
  return [
    ...(method === null ? [] : [{ label: t.method, value: methodText(method) }]),
    { label: t.measured, value: ageText(ageDays) },
  ]
}

/** The other sources in the order they are asked, with what each had and why it was not taken. */
export function PassedOver({ resolution, of }: { readonly resolution: Resolution; readonly of: string }) {
  const t = words()
  return (
    <details class="mvc-passed">
      <summary>
        {t.passedOver}
        <span class="hidden-text">
          {colon()} {of}
        </span>
      </summary>
      <ol>
        {rungsOf(resolution)
          .filter(({ isInForce }) => !isInForce)
          .map(({ rank, source, value, reason }) => (
            <li key={source} value={rank}>
              <strong>
                {t.named(t.sources(source), value === null ? t.noCandidate : mvcText(value, source))}
              </strong>
              <br />
              {reason === NO_RECORDING ? t.perRecording : reason !== null && <Said text={reason} />}
            </li>
          ))}
      </ol>
    </details>
  )
}
