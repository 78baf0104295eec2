/** A value entered by hand, held against what an MVC can be and against the one in force before it is stored. */
import { useId, useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { useRead } from '../../api/use-read.ts'
import { viewer } from '../../app/viewer.ts'
import { amplitude, significant } from '../../language/format.ts'
import { surprisingRatio, type Typed, typedMicrovolts } from '../../mvc/microvolts.ts'
import { normalMuscle } from '../../mvc/muscle.ts'
import type { Muscle } from '../../mvc/recorded.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { instantOf } from './instants.ts'
import { type Side, sideOptions } from './muscle-name.ts'
import { Unrecorded } from './unrecorded.tsx'
import { type Item, refreshMvc } from './withdraw.tsx'
import { words } from './words.ts'

/** A server without logins does not know who enters. */
const NOBODY = 'open'

type Bounds = { readonly least: number; readonly most: number }

function valueError(typed: Typed, bounds: Bounds | null): string | undefined {
  const t = words()
  if (typed.kind === 'empty') return t.valueMissing
  if (typed.kind === 'no number') return t.valueNoNumber
  if (typed.kind === 'too small') return t.valueSmall(amplitude(bounds?.least))
  return typed.kind === 'too large' ? t.valueLarge(amplitude(bounds?.most)) : undefined
}

interface Properties {
  readonly code: string
  /** Every muscle and side that is known of the patient. */
  readonly items: readonly Item[]
  /** Those that its sessions record. */
  readonly recorded: readonly Muscle[]
  /** Whose value is entered; absent: it is asked for. */
  readonly of?: Pick<Item, 'muscle' | 'side'> | undefined
  readonly onClose: () => void
}

export function Enter({ code, items, recorded, of, onClose }: Properties) {
  const t = words()
  const list = useId()
  const defaults = useRead('GET /api/mvc/defaults', {})
  const me = viewer.value
  const [form, setForm] = useState({
    muscle: of?.muscle ?? '',
    side: (of?.side ?? 'left') as Side,
    value: '',
    method: '',
    recordedBy: me === undefined || me.id === NOBODY ? '' : me.name,
    from: '',
    until: '',
  })
  const [isTried, tried] = useState(false)
  const bounds = defaults.data?.plausible ?? null
  const typed = typedMicrovolts(form.value, bounds)
  const muscle = normalMuscle(form.muscle)
  const inForce = items.find((item) => item.muscle === muscle && item.side === form.side)?.value ?? null
  const ratio = typed.kind === 'fine' ? surprisingRatio(typed.volts, inForce) : null
  const from = instantOf(form.from)
  const until = instantOf(form.until)
  const isBackwards = until !== null && until <= (from ?? new Date().toISOString())
  const isRight = muscle !== '' && typed.kind === 'fine' && !isBackwards

  const save = useTask(async () => {
    if (typed.kind !== 'fine') return
    const { side, method, recordedBy } = form
    await ask('POST /api/patients/{code}/mvc', {
      path: { code },
      body: {
        muscle: form.muscle,
        side,
        // The server turns µV into volts without a rounding error.
        value: typed.microvolts,
        unit: 'uV',
        ...(method.trim() !== '' && { method: method.trim() }),
        recordedBy: recordedBy.trim() === '' ? null : recordedBy.trim(),
        validFrom: from,
        validUntil: until,
      },
    })
    refreshMvc(code)
    say(from !== null && from > new Date().toISOString() ? t.savedNot : t.saved)
    onClose()
  })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    disabled: save.isRunning,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: currentTarget.value }),
  })
  return (
    <FormDialog
      title={t.enter}
      verb={t.save}
      task={save}
      texts={{ MVC_IMPLAUSIBLE: t.implausible, VALIDITY_EMPTY: t.validityEmpty }}
      noValidate
      onSubmit={() => {
        tried(!isRight)
        if (isRight) void save.run()
      }}
      onClose={onClose}
    >
      <div class="fields">
        <TextField
          label={t.muscle}
          list={list}
          maxLength={100}
          error={isTried && muscle === '' ? t.muscleMissing : undefined}
          {...field('muscle')}
        />
        <datalist id={list}>
          {[...new Set([...recorded, ...items].map((each) => each.muscle))].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <SelectField label={t.side} options={sideOptions()} {...field('side')} />
      </div>
      <div aria-live="polite">
        {muscle !== '' && <Unrecorded of={{ muscle, side: form.side }} recorded={recorded} />}
      </div>
      <TextField
        label={t.value}
        unit="µV"
        inputMode="decimal"
        autoComplete="off"
        hint={bounds ? t.valueHint(amplitude(bounds.least), amplitude(bounds.most)) : undefined}
        error={isTried || typed.kind.startsWith('too') ? valueError(typed, bounds) : undefined}
        {...field('value')}
      />
      <div aria-live="polite">
        {typed.kind === 'fine' && <p class="soft">{t.inVolts(significant(typed.volts, 6))}</p>}
        {ratio !== null && (
          <Notice kind="warning">{t.surprising(significant(ratio, 2), amplitude(inForce))}</Notice>
        )}
      </div>
      <div class="fields">
        <TextField label={t.from} type="datetime-local" hint={t.fromHint} {...field('from')} />
        <TextField
          label={t.until}
          type="datetime-local"
          hint={t.untilHint}
          error={isBackwards ? t.untilBefore : undefined}
          {...field('until')}
        />
      </div>
      <TextField label={t.method} hint={t.methodHint} maxLength={200} {...field('method')} />
      <TextField label={t.by} maxLength={100} {...field('recordedBy')} />
    </FormDialog>
  )
}
