/** Name and password, and what is wrong with them. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../api/client.ts'
import { identify } from '../../app/viewer.ts'
import { duration } from '../../language/format.ts'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { type ProblemTexts, problemText } from '../../ui/problem-text.ts'
import { useTask } from '../../ui/use-task.ts'
import { words } from './words.ts'

/** The problem in the words of whoever signs in. */
const textsOf = ({ retryAfterS }: ApiProblem): ProblemTexts => {
  const t = words()
  return {
    LOGIN_FAILED: t.wrong,
    LOGIN_THROTTLED: t.throttled(retryAfterS === null ? null : duration(retryAfterS * 1000)),
    LOGIN_BUSY: t.busy,
    // Such as a name that no login name can be: it is nobody's.
    INVALID_REQUEST: t.wrong,
  }
}

export function PasswordForm() {
  const t = words()
  const form = useRef<HTMLFormElement>(null)
  const [missing, setMissing] = useState<{ readonly name: boolean; readonly password: boolean }>()
  const [isShown, show] = useState(false)
  const login = useTask(async (name: string, password: string) => {
    await ask('POST /api/login', { body: { name, password } })
    await identify()
  })
  const { problem } = login
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  useEffect(() => {
    if (problem?.code === 'LOGIN_FAILED')
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.select()
  }, [problem])

  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget as HTMLFormElement)
    const name = String(fields.get('name')).trim()
    const password = String(fields.get('password'))
    const isMissing = { name: name === '', password: password === '' }
    setMissing(isMissing)
    if (isMissing.name || isMissing.password) {
      form.current
        ?.querySelector<HTMLInputElement>(isMissing.name ? '[name=name]' : '[name=password]')
        ?.focus()
      return
    }
    void login.run(name, password)
  }
  return (
    <form ref={form} class="stack" noValidate onSubmit={submit}>
      {problem && <Notice kind="error">{problemText(problem, textsOf(problem))}</Notice>}
      <TextField
        label={t.name}
        name="name"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxLength={64}
        error={missing?.name ? t.nameMissing : undefined}
      />
      <TextField
        label={t.password}
        name="password"
        type={isShown ? 'text' : 'password'}
        autocomplete="current-password"
        autocapitalize="none"
        spellcheck={false}
        maxLength={256}
        error={missing?.password ? t.passwordMissing : undefined}
      />
      <label class="row">
        <input type="checkbox" checked={isShown} onChange={(event) => show(event.currentTarget.checked)} />
        {t.show}
      </label>
      <button type="submit" class="primary" disabled={login.isRunning}>
        {login.isRunning ? t.running : t.submit}
      </button>
    </form>
  )
}
