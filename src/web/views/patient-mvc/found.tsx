/** What one channel of a recording would calibrate to, and which muscle it is. */
import { against } from '../../language/amounts.ts'
import { amplitude } from '../../language/format.ts'
import { spreadText } from '../../mvc/spread.ts'
import { words as mvcWords } from '../../mvc/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Said } from '../../ui/said.tsx'
import type { Row, RowProblem } from './assign.ts'
import { type Side, sideOptions } from './muscle-name.ts'
import { StatedTrials } from './stated-trials.tsx'
import type { Trial } from './trials.ts'
import type { Finding } from './use-found.ts'
import { words } from './words.ts'

/** The value with its trials, and what was noticed; or why there is none. */
function Result({ finding }: { readonly finding: Finding }) {
  const t = words()
  const m = mvcWords()
  const { value, reason, trials, spreadPercent, flags } = finding
  if (value === null) {
    return (
      <div>
        <p class="row">
          <Badge kind="bad">{t.noMvc}</Badge>
        </p>
        {reason !== null && <p>{/^no trial stands out/.test(reason) ? t.noTrial : <Said text={reason} />}</p>}
      </div>
    )
  }
  const kind = flags.length === 0 ? 'good' : flags.includes('CLIPPED') ? 'bad' : 'warning'
  const texts = { good: t.goodFinding, bad: t.bad, warning: t.reserved }
  const values = trials.map((trial) =>
    trial.clippedPercent > 0
      ? t.clippedTrial(amplitude(trial.value), against(trial.clippedPercent, [0], 1, '%'))
      : amplitude(trial.value),
  )
  return (
    <div>
      <p class="row">
        <span class="mvc-figure">{amplitude(value)}</span>
        <Badge kind={kind}>{texts[kind]}</Badge>
      </p>
      <p>
        {t.foundTrials(values.join(', '))}
        {spreadPercent !== null && ` (${t.spread(spreadText(spreadPercent))})`}
      </p>
      {flags.includes('CLIPPED') && <p>{t.clippedAdvice}</p>}
      {flags.length > 0 && (
        <ul>
          {flags.map((flag) => (
            <li key={flag}>{m.flags(flag)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface Properties {
  readonly row: Row
  readonly finding: Finding
  readonly problem: RowProblem | undefined
  /** Muscles that are known of the patient. */
  readonly list: string
  /** V; null where none holds for the muscle of this row. */
  readonly inForce: number | null
  readonly isDisabled: boolean
  readonly onChange: (row: Row) => void
  readonly lookAgain: (channel: number, trials: readonly Trial[] | null) => Promise<void>
}

export function FoundChannel({
  row,
  finding,
  problem,
  list,
  inForce,
  isDisabled,
  onChange,
  lookAgain,
}: Properties) {
  const t = words()
  const gives = finding.value !== null
  const isOff = isDisabled || !row.isTaken
  return (
    <li class={`patient-mvc-found ${row.side}`}>
      <h3>
        {gives ? (
          <label>
            <input
              type="checkbox"
              checked={row.isTaken}
              disabled={isDisabled}
              aria-label={t.takeChannel(row.label)}
              onChange={({ currentTarget }) => onChange({ ...row, isTaken: currentTarget.checked })}
            />
            {row.label}
          </label>
        ) : (
          row.label
        )}
      </h3>
      <Result finding={finding} />
      <StatedTrials
        label={row.label}
        isDisabled={isDisabled}
        lookAgain={(trials) => lookAgain(row.channel, trials)}
      />
      {gives && (
        <div class="fields">
          <TextField
            label={t.muscle}
            aria-label={t.muscleOf(row.label)}
            list={list}
            maxLength={100}
            value={row.muscle}
            disabled={isOff}
            hint={row.isSuggested ? t.suggested : undefined}
            error={
              problem === 'no muscle' ? t.problemMuscle : problem === 'twice' ? t.problemTwice : undefined
            }
            onInput={({ currentTarget }) =>
              onChange({ ...row, muscle: currentTarget.value, isSuggested: false })
            }
          />
          <SelectField
            label={t.side}
            aria-label={t.sideOf(row.label)}
            options={sideOptions()}
            value={row.side}
            disabled={isOff}
            hint={inForce === null ? undefined : t.instead(amplitude(inForce))}
            onChange={({ currentTarget }) =>
              onChange({ ...row, side: currentTarget.value as Side, isSuggested: false })
            }
          />
        </div>
      )}
    </li>
  )
}
