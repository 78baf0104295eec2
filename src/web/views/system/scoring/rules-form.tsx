/** The rules of a new version, to be entered; sums are said while one types. */
import type { ComponentChildren } from 'preact'
import { fixed, significant } from '../../../language/format.ts'
import { Shape } from '../../../ui/badge.tsx'
import { TextField } from '../../../ui/field.tsx'
import {
  addsUp,
  type Draft,
  entryOf,
  type Fault,
  type FieldName,
  faultsOf,
  MUSCLE_WEIGHTS,
  RPE_FIELDS,
  WEIGHTS,
  weightSum,
} from './draft.ts'
import { labelOf, unitOf } from './labels.ts'
import { words } from './words.ts'

function faultText(name: FieldName, fault: Fault): string {
  const t = words()
  if (fault !== 'outOfRange') return t[fault]
  const { least, most, isAboveLeast } = entryOf(name)
  return (isAboveLeast ? t.above : t.range)(significant(least), fixed(most))
}

/** What weights add up to, and whether that is 1. */
function Sum({ draft, names }: { readonly draft: Draft; readonly names: readonly FieldName[] }) {
  const t = words()
  const sum = weightSum(draft, names)
  const isRight = addsUp(sum)
  const text = (): string => {
    if (sum === null) return t.sumUnknown
    if (isRight) return t.sumRight(significant(sum, 6))
    return t.sumWrong(significant(sum, 6), significant(Math.abs(sum - 1), 3))
  }
  return (
    <output class={`scoring-sum ${isRight ? 'good' : 'bad'}`}>
      <Shape kind={isRight ? 'good' : 'bad'} />
      {t.sum} {text()}
    </output>
  )
}

function Group({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ComponentChildren
}) {
  return (
    <fieldset class="card scoring-group">
      <legend>{title}</legend>
      {hint && <p class="soft">{hint}</p>}
      {children}
    </fieldset>
  )
}

interface Properties {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly isDisabled: boolean
}

export function RulesForm({ draft, onChange, isDisabled }: Properties) {
  const t = words()
  const faults = faultsOf(draft)
  const fields = (names: readonly FieldName[]) => (
    <div class="fields scoring-fields">
      {names.map((name) => {
        const fault = faults[name]
        return (
          <TextField
            key={name}
            label={labelOf(name)}
            unit={unitOf(name)}
            error={fault && faultText(name, fault)}
            inputMode="decimal"
            autocomplete="off"
            value={draft[name]}
            disabled={isDisabled}
            onInput={({ currentTarget }) => onChange({ ...draft, [name]: currentTarget.value })}
          />
        )
      })}
    </div>
  )
  return (
    <div class="stack">
      <Group title={t.weights} hint={t.weightsHint}>
        {fields(WEIGHTS)}
        <Sum draft={draft} names={WEIGHTS} />
      </Group>
      <Group title={t.muscleWeights} hint={t.weightsHint}>
        {fields(MUSCLE_WEIGHTS)}
        <Sum draft={draft} names={MUSCLE_WEIGHTS} />
      </Group>
      <Group title={t.targets}>{fields(['contractions', 'contractionSeconds', 'mvcPercent'])}</Group>
      <Group title={t.rpe} hint={t.rpeHint}>
        {fields(RPE_FIELDS)}
      </Group>
      <Group title={t.bfr} hint={t.bfrHint}>
        {fields(['bfrLow', 'bfrHigh'])}
      </Group>
      <Group title={t.coverage} hint={t.coverageHint}>
        {fields(['minimumCoverage'])}
      </Group>
    </div>
  )
}
