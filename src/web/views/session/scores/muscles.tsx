/** What each muscle did of what was asked of it, and the sides that they make. */
import { exactPercent, fixed, percent } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Said } from '../../../ui/said.tsx'
import { Explanation, resultText } from './explanation.tsx'
import type { Score } from './parts.ts'
import { words } from './words.ts'

type Muscle = Score['muscles'][number]
type Rate = Muscle['completion']

/** A share as the counts that it is of; why there is none. */
function Counted({
  label,
  rate,
  done,
  of,
  say,
}: {
  readonly label: string
  readonly rate: Rate
  readonly done: string
  readonly of: string
  readonly say: (done: string, of: string) => string
}) {
  const t = words()
  const { values } = rate.explanation
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {rate.value === null ? t.unknown : say(fixed(values[done]), fixed(values[of]))}
        <small>{rate.reason === null ? resultText(rate) : <Said text={rate.reason} />}</small>
      </dd>
    </div>
  )
}

function MuscleOf({ muscle, score }: { readonly muscle: Muscle; readonly score: Score }) {
  const t = words()
  const name = `${muscle.muscle} (${t[muscle.side]})`
  // Where there is no strength, nothing was held against it.
  const source = muscle.intensity.value === null ? null : muscle.mvcSource
  const mvcNote = source === 'calculated' ? t.calculatedMvc : source === 'default' ? t.defaultMvc : null
  const notes = [muscle.targetSource === 'configuration' ? t.configurationTarget : null, mvcNote]
  return (
    <li class={`scores-muscle ${muscle.side}`}>
      <h3>
        {name}
        <span class="scores-muscle-score">
          {muscle.score.value === null ? t.missing : percent(muscle.score.value, 1)}
        </span>
      </h3>
      <dl class="facts">
        <Counted label={t.done} rate={muscle.completion} done="total" of="target" say={t.doneAsked} />
        <Counted label={t.strong} rate={muscle.intensity} done="meetsMvc" of="total" say={t.doneOf} />
        <Counted label={t.long} rate={muscle.duration} done="meetsDuration" of="total" say={t.doneOf} />
      </dl>
      {notes.map(
        (note) =>
          note && (
            <p class="soft scores-note" key={note}>
              {note}
            </p>
          ),
      )}
      <Explanation label={name} figure={muscle.score} muscles={score.muscles} />
    </li>
  )
}

/** The pressures of the cuffs, which open or close the gate of the score. */
function Gate({ score }: { readonly score: Score }) {
  const t = words()
  const { gate, completeness, configuration } = score
  const { lowPercent, highPercent } = configuration.rules.bfrWindow
  const window = [exactPercent(lowPercent), exactPercent(highPercent)] as const
  const isClosed = gate.value === 0
  return (
    <div class="scores-gate">
      <h3>{t.gate}</h3>
      <p class="row">
        <Badge kind={gate.value === null ? 'unknown' : isClosed ? 'bad' : 'good'}>
          {gate.value === null ? t.missing : completeness.bfr.state === 'partial' ? t.partial : t.measured}
        </Badge>
        <span>
          {gate.value === null ? t.gateNone : isClosed ? t.gateClosed(...window) : t.gateOpen(...window)}
        </span>
      </p>
      {completeness.bfr.state === 'partial' && <p>{t.gatePartial}</p>}
      <Explanation label={t.gate} figure={gate} muscles={score.muscles} />
    </div>
  )
}

export function Muscles({ score }: { readonly score: Score }) {
  const t = words()
  const sides = (['left', 'right', 'none'] as const).filter((side) =>
    score.muscles.some((muscle) => muscle.side === side),
  )
  return (
    <section class="card stack" aria-labelledby="scores-muscles">
      <h2 id="scores-muscles">{t.muscles}</h2>
      {score.muscles.length === 0 ? (
        <p>{t.noMuscles}</p>
      ) : (
        <ul class="scores-muscles">
          {score.muscles.map((muscle, i) => (
            <MuscleOf key={`${i} ${muscle.muscle}`} muscle={muscle} score={score} />
          ))}
        </ul>
      )}
      {sides.length > 0 && (
        <dl class="facts scores-sides">
          {sides.map((side) => (
            <div key={side}>
              <dt>{t.sideOf(t[side])}</dt>
              <dd>
                {resultText(score.sides[side])}
                {score.sides[side].reason !== null && (
                  <small>
                    <Said text={score.sides[side].reason} />
                  </small>
                )}
                <Explanation label={t.sideOf(t[side])} figure={score.sides[side]} muscles={score.muscles} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Gate score={score} />
    </section>
  )
}
