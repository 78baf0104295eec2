/** Choosing another password. */
import { useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../api/client.ts'
import { refresh } from '../../api/use-read.ts'
import { viewer } from '../../app/viewer.ts'
import { duration } from '../../language/format.ts'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { passwordFaults } from './new-password.ts'
import { words } from './words.ts'

function problemIn(problem: ApiProblem): string {
  const t = words()
  const wait = problem.retryAfterS === null ? null : duration(problem.retryAfterS * 1000)
  return problemText(problem, { LOGIN_THROTTLED: t.throttled(wait) })
}

export function PasswordCard() {
  const t = words()
  const [faults, setFaults] = useState<ReturnType<typeof passwordFaults>>({})
  const change = useTask(async (form: HTMLFormElement, current: string, password: string) => {
    await ask('PUT /api/me/password', { body: { current, password } })
    form.reset()
    refresh('/api/me/sessions')
    say(t.changed)
  })
  const { problem } = change
  const isWrong = problem?.code === 'PASSWORD_WRONG'
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const fields = new FormData(form)
    const [current, chosen, again] = ['current', 'chosen', 'again'].map((name) => String(fields.get(name)))
    const typed = { current: current ?? '', chosen: chosen ?? '', again: again ?? '' }
    const found = passwordFaults({ ...typed, loginName: viewer.value?.name ?? '' })
    setFaults(found)
    change.clear()
    const [first] = Object.keys(found)
    if (first) form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    else void change.run(form, typed.current, typed.chosen)
  }
  const errorOf = (field: 'current' | 'chosen' | 'again'): string | undefined => {
    const fault = faults[field]
    return fault && t[fault]
  }
  return (
    <form class="card stack account-password" noValidate onSubmit={submit}>
      <h2>{t.password}</h2>
      {problem && !isWrong && <Notice kind="error">{problemIn(problem)}</Notice>}
      <input hidden readOnly type="text" name="username" autocomplete="username" value={viewer.value?.name} />
      <TextField
        label={t.current}
        name="current"
        type="password"
        autocomplete="current-password"
        maxLength={256}
        error={errorOf('current') ?? (isWrong ? t.currentWrong : undefined)}
      />
      <TextField
        label={t.chosen}
        name="chosen"
        type="password"
        autocomplete="new-password"
        maxLength={256}
        hint={t.chosenHint}
        error={errorOf('chosen')}
      />
      <TextField
        label={t.again}
        name="again"
        type="password"
        autocomplete="new-password"
        maxLength={256}
        error={errorOf('again')}
      />
      <div class="row">
        <button type="submit" class="primary" disabled={change.isRunning}>
          {change.isRunning ? t.changing : t.change}
        </button>
      </div>
    </form>
  )
}
