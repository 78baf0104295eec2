/** The charts of a trend, each with its gaps and what does not compare. */
import { go, here, href, query } from '../../app/router.ts'
import { chanceText } from '../../language/amounts.ts'
import { exactPercent, fixed, percent, withUnit } from '../../language/format.ts'
import { said } from '../../language/said.ts'
import { Chart } from '../../plot/chart/chart.tsx'
import type { ChartProperties } from '../../plot/chart/contract.ts'
import { SelectField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { expectedText } from './adherence.tsx'
import { adherenceText } from './adherence-text.ts'
import { muscleText } from './muscle-text.ts'
import { mvcDifferences } from './trend-mvc.ts'
import {
  adherenceSeries,
  amplitudeTargets,
  apartOf,
  isOfOtherBasis,
  muscleSeries,
  plain,
  SYMMETRIES,
  type SymmetryIndex,
  scoreSeries,
  symmetrySeries,
  type TrendMuscle,
  type TrendPoint,
} from './trend-series.ts'
import { trendWords } from './trend-words.ts'

/** Where left and right are alike. */
const ALIKE: Readonly<Record<SymmetryIndex, number>> = {
  ghostlySymmetry: 100,
  robinsonIndex: 0,
  symmetryAngle: 0,
  limbSymmetryIndex: 100,
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${withUnit(fixed(value, 1), '%/min')}`

/** What has to be known of a slope. */
function slopeOf({ medianFrequencySlope: { value, valid, reason, significant, p, basis } }: TrendMuscle) {
  const t = trendWords()
  if (value === null || !valid) return { value: null, note: reason ? said(reason) : t.notValid }
  const notes = [
    p === null ? null : significant ? t.significant(chanceText(p)) : t.notSignificant(chanceText(p)),
    basis === 'windows' ? t.ofWindows : null,
  ].filter((note) => note !== null)
  return { value, note: notes.join('; ') || null }
}

function amplitudeOf({ amplitude }: TrendMuscle) {
  const found = plain(amplitude, said)
  return found.value === null ? found : { ...found, note: trendWords().ofContractions(amplitude.n) }
}

function Symmetry({ points, common }: { readonly points: readonly TrendPoint[]; readonly common: Common }) {
  const t = trendWords()
  const asked = query.value.get('symmetry')
  const index = SYMMETRIES.find((each) => each === asked) ?? 'ghostlySymmetry'
  const series = symmetrySeries(points, index, {
    notRecorded: t.notRecorded,
    said,
    basis: (of) => (of === 'mvc-percent' ? t.ofMvcPercent : t.ofAmplitudes),
  })
  const isOther = isOfOtherBasis(points)
  const apart = points.map((_, i) => {
    const own = common.apart?.[i] ?? null
    return isOther[i] ? [own, t.otherBasis].filter((each) => each !== null).join('; ') : own
  })
  return (
    <section class="card stack">
      <SelectField
        label={t.index}
        value={index}
        options={SYMMETRIES.map((each) => ({ value: each, label: t[each] }))}
        onChange={(event) =>
          go(here({ symmetry: (event.currentTarget as HTMLSelectElement).value }), 'replace')
        }
      />
      {series.length === 0 ? (
        <p class="soft">{t.noSymmetry}</p>
      ) : (
        <Chart
          {...common}
          apart={apart}
          title={t.symmetry}
          unit="%"
          format={(value) => percent(value, 1)}
          series={series.map((each) => ({
            ...each,
            label: each.label[0]?.toUpperCase() + each.label.slice(1),
          }))}
          references={[{ label: t.alike, value: ALIKE[index] }]}
        />
      )}
    </section>
  )
}

type Common = Pick<ChartProperties, 'x' | 'apart' | 'onPick' | 'pickLabel'>

export function TrendCharts({ points }: { readonly points: readonly TrendPoint[] }) {
  const t = trendWords()
  const say = (differences: readonly TrendPoint['differs'][number][]) =>
    t.apart(differences.map((each) => t[each]).join(', '))
  const base: Common = {
    x: { kind: 'time', label: t.session, at: points.map(({ startedAt }) => Date.parse(startedAt)) },
    onPick: (i) => go(href(`/sessions/${points[i]?.sessionId}`)),
    pickLabel: t.open,
  }
  const ofAnalysis = { ...base, apart: apartOf(points, 'analysis', say) }
  const texts = { muscle: muscleText, notRecorded: t.notRecorded, said }
  const apart = points.filter(({ differs }) => differs.length > 0).length
  const targets = amplitudeTargets(points).map(({ percent: value, of, isOfAll }) => ({
    value,
    label: isOfAll
      ? t.target(exactPercent(value))
      : t.targetOf(exactPercent(value), of.map((key) => muscleText(key)).join('; ')),
  }))
  const amplitudes = muscleSeries(points, amplitudeOf, texts)
  const mvc = mvcDifferences(points)
  return (
    <>
      {apart > 0 && (
        <Notice kind="warning">
          <p>{t.someApart(apart)}</p>
        </Notice>
      )}
      <div class="patient-charts">
        <section class="card stack">
          {amplitudes.length === 0 ? (
            <p class="soft">{t.noMuscles}</p>
          ) : (
            <Chart
              {...ofAnalysis}
              title={t.amplitude}
              unit={t.amplitudeUnit}
              format={(value) => percent(value, 1)}
              series={amplitudes}
              references={targets}
            />
          )}
          {mvc.changed.length > 0 && (
            <Notice kind="warning">
              <p>{t.mvcChanged(mvc.changed.map((key) => muscleText(key)).join(' · '))}</p>
              {mvc.isCalculated && <p>{t.mvcCalculated}</p>}
            </Notice>
          )}
        </section>
        <section class="card">
          <Chart
            {...base}
            apart={apartOf(points, 'score', say)}
            title={t.scores}
            unit="%"
            format={(value) => percent(value, 1)}
            include={[0, 100]}
            series={scoreSeries(
              points,
              {
                overall: t.overall,
                compliance: t.compliance,
                symmetry: t.symmetryScore,
                effort: t.effort,
                game: t.game,
              },
              said,
            )}
          />
        </section>
        {amplitudes.length > 0 && (
          <section class="card stack">
            <Chart
              {...ofAnalysis}
              title={t.fatigue}
              unit="%/min"
              format={signed}
              series={muscleSeries(points, slopeOf, texts)}
              references={[{ label: t.steady, value: 0 }]}
            />
            <small class="soft">{t.fatigueHint}</small>
          </section>
        )}
        <Symmetry points={points} common={ofAnalysis} />
        <section class="card">
          <Chart
            {...base}
            title={t.adherence}
            unit="%"
            format={adherenceText}
            include={[0, 100]}
            series={adherenceSeries(points, t.adherence, ({ reason, completed, expected, protocolDay }) =>
              reason !== null || completed === null || protocolDay === null
                ? said(reason ?? '')
                : t.adherenceAt(fixed(completed), expectedText(expected), protocolDay),
            )}
          />
        </section>
      </div>
    </>
  )
}
