/** The overall score: the number, what its parts bring to it as one bar, or why there is none. */
import { against } from '../../../language/amounts.ts'
import { exactPercent, percent } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Said } from '../../../ui/said.tsx'
import { Explanation, pointsText, resultText } from './explanation.tsx'
import { type ComponentId, type Part, partsOf, type Score, whyNoOverall } from './parts.ts'
import { words } from './words.ts'

type Words = ReturnType<typeof words>

const KINDS: Readonly<Record<Part['state'], BadgeKind>> = {
  measured: 'good',
  partial: 'usable',
  missing: 'unknown',
}

const IS: Readonly<Record<ComponentId, `${ComponentId}Is`>> = {
  compliance: 'complianceIs',
  symmetry: 'symmetryIs',
  effort: 'effortIs',
  game: 'gameIs',
}

/** Without what binary fractions add of their own. */
const tidy = (value: number): number => Number(value.toPrecision(12))

/** Configured weights have up to three decimals, those that act any number. */
const share = (weight: number): string => percent(100 * weight, Number.isInteger(tidy(100 * weight)) ? 0 : 1)

function weightText({ weight, effective, value }: Part, hasOverall: boolean, t: Words): string {
  if (weight === 0) return t.notCounted
  if (!hasOverall) return t.weighs(share(weight))
  if (value === null) return t.weightGone(share(weight))
  return share(weight) === share(effective)
    ? t.weighs(share(weight))
    : t.acts(share(weight), share(effective))
}

/** As wide as each part counts, as full as it scored: what is filled is the overall score. */
function Bar({ parts }: { readonly parts: readonly Part[] }) {
  const t = words()
  return (
    <div class="scores-bar" aria-hidden="true">
      {parts
        .filter(({ effective }) => effective > 0)
        .map(({ id, effective, points }) => (
          <div key={id} class={id} style={{ flexGrow: effective }}>
            <span>
              <span style={{ inlineSize: `${(points ?? 0) / effective}%` }} />
            </span>
            <small>
              {t[id]} {pointsText(points)}
            </small>
          </div>
        ))}
    </div>
  )
}

export function Overall({ score }: { readonly score: Score }) {
  const t = words()
  const { overall, muscles, gate, configuration } = score
  const { lowPercent, highPercent } = configuration.rules.bfrWindow
  // A score of 0 for that reason says nothing of what the muscles did.
  const isClosed = gate.value === 0
  const why = whyNoOverall(score)
  return (
    <section class="card stack scores-overall" aria-labelledby="scores-overall">
      <h2 id="scores-overall">{t.overall}</h2>
      {why === null ? (
        <p class="scores-number">{resultText(overall)}</p>
      ) : (
        <div>
          <p class="scores-number none">{t.noOverall}</p>
          <p>
            {why.kind === 'nothing'
              ? t.nothingToScore
              : t.coverage(
                  against(why.hasPercent, [why.needsPercent], 0, '%'),
                  exactPercent(tidy(why.needsPercent)),
                )}
          </p>
        </div>
      )}
      {why === null && isClosed && (
        <Notice kind="warning" title={t.gate}>
          <p>{t.gateClosed(exactPercent(lowPercent), exactPercent(highPercent))}</p>
        </Notice>
      )}
      {why === null && !isClosed && <Bar parts={partsOf(score)} />}
      <Explanation label={t.overall} figure={overall} muscles={muscles} />
      <h3>{t.adds}</h3>
      <ul class="scores-parts">
        {partsOf(score).map((part) => (
          <PartOf key={part.id} part={part} score={score} />
        ))}
      </ul>
    </section>
  )
}

function PartOf({ part, score }: { readonly part: Part; readonly score: Score }) {
  const t = words()
  const { id, value, points, state, reasons } = part
  return (
    <li class={`scores-part ${id}`}>
      <Meter label={t[id]} value={value} max={100} text={value === null ? t.missing : percent(value, 1)} />
      <p class="row scores-weights">
        <Badge kind={KINDS[state]}>{t[state]}</Badge>
        <span>{weightText(part, score.overall.value !== null, t)}</span>
        {points !== null && value !== null && part.weight > 0 && (
          <span>
            {t.brings} <strong>{t.pointsOf(pointsText(points))}</strong>
          </span>
        )}
      </p>
      {reasons.length > 0 && (
        <ul class="scores-reasons">
          {reasons.map((reason) => (
            <li key={reason}>
              <Said text={reason} />
            </li>
          ))}
        </ul>
      )}
      <p class="soft">{t[IS[id]]}</p>
      <Explanation label={t[id]} figure={score.components[id]} muscles={score.muscles} />
    </li>
  )
}
