/** The rules that a session is scored by: which hold, why these, and what they say. */
import type { Answer } from '../../../api/client.ts'
import { exactPercent, exactSeconds, fixed } from '../../../language/format.ts'
import { Facts } from '../../../ui/facts.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { COMPONENTS, type Score } from './parts.ts'
import { rulesName } from './rules-name.ts'
import { words } from './words.ts'

export type Resolution = Answer<'GET /api/scoring/resolve'>
type Source = Resolution['source']

const WHY: Readonly<Record<Source, 'bySession' | 'byPatient' | 'byActive' | 'byDefault'>> = {
  session: 'bySession',
  patient: 'byPatient',
  active: 'byActive',
  default: 'byDefault',
}

const RUNGS = { session: 'passedSession', patient: 'passedPatient', active: 'passedActive' } as const

/** `of` shares of a whole, such as `Compliance 50 %, Symmetry 25 %`. */
const shares = (of: ReadonlyArray<readonly [string, number]>): string =>
  of.map(([name, weight]) => `${name} ${exactPercent(100 * weight)}`).join(', ')

export function Rules({ rules }: { readonly rules: Score['configuration']['rules'] }) {
  const t = words()
  const { weights, muscleWeights, targets, bfrWindow, minimumCoverage, rpeScores } = rules
  const ratings = Object.entries(rpeScores)
  return (
    <>
      <Facts
        facts={[
          { label: t.ruleWeights, value: shares(COMPONENTS.map((id) => [t[id], weights[id]])) },
          {
            label: t.ruleMuscle,
            value: shares([
              [t.completion, muscleWeights.completion],
              [t.intensity, muscleWeights.intensity],
              [t.duration, muscleWeights.duration],
            ]),
          },
          {
            label: t.ruleTargets,
            value: t.ruleTargetsAre(
              fixed(targets.contractions),
              exactSeconds(targets.durationMs),
              exactPercent(targets.mvcPercent),
            ),
          },
          {
            label: t.ruleBfr,
            value: t.ruleRange(exactPercent(bfrWindow.lowPercent), exactPercent(bfrWindow.highPercent)),
          },
          { label: t.ruleCoverage, value: exactPercent(100 * minimumCoverage) },
        ]}
      />
      <Scrolling label={t.ruleRpe}>
        <table class="scores-ratings">
          <caption>{t.ruleRpe}</caption>
          <tbody>
            <tr>
              <th scope="row">{t.rating}</th>
              {ratings.map(([rating]) => (
                <th key={rating} scope="col" class="number">
                  {rating}
                </th>
              ))}
            </tr>
            <tr>
              <th scope="row">{t.value}</th>
              {ratings.map(([rating, points]) => (
                <td key={rating} class="number">
                  {exactPercent(points)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scrolling>
    </>
  )
}

export function RulesInForce({ resolution }: { readonly resolution: Resolution }) {
  const t = words()
  const { source, passedOver, configuration } = resolution
  return (
    <section class="card stack" aria-labelledby="scores-rules">
      <h2 id="scores-rules">{t.rules}</h2>
      <p>
        <strong>{rulesName(configuration)}</strong>. {t[WHY[source]]}
      </p>
      {passedOver.length > 0 && (
        <div>
          <h3>{t.passedOver}</h3>
          <ol class="scores-passed">
            {passedOver.map((rung) =>
              rung.source === 'default' ? null : (
                <li key={rung.source}>
                  {t.named(t[RUNGS[rung.source]], rung.source === 'active' ? t.noneActive : t.noneAssigned)}
                </li>
              ),
            )}
          </ol>
        </div>
      )}
      <details class="scores-how">
        <summary>{t.showRules}</summary>
        <Rules rules={configuration.rules} />
      </details>
    </section>
  )
}
