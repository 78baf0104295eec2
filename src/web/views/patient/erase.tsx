/** Erasing a patient: says what goes and what is kept, and asks for the code once more. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { forgetReads } from '../../api/use-read.ts'
import { go } from '../../app/router.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import type { Patient } from './targets.tsx'
import { words } from './words.ts'

interface Properties {
  readonly patient: Patient
  readonly etag: string | undefined
  readonly onClose: () => void
}

export function EraseDialog({ patient, etag, onClose }: Properties) {
  const t = words()
  const { code } = patient
  // Of the version that was looked at when the dialog was opened.
  const [ifMatch] = useState(etag)
  const [confirm, setConfirm] = useState('')
  const [isWrong, setWrong] = useState(false)
  const [beforePeriod, setBeforePeriod] = useState(false)
  const erase = useTask(async () => {
    const { data } = await ask('DELETE /api/patients/{code}', {
      path: { code },
      body: { confirm, beforePeriod },
      ifMatch,
    })
    say(t.erased(code, data.sessions, data.recordings))
    go('/patients', 'replace')
    forgetReads()
  })
  return (
    <Dialog title={t.eraseTitle(code)} onClose={onClose}>
      <form
        class="stack"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          setWrong(confirm !== code)
          if (confirm === code) void erase.run()
        }}
      >
        <p class="patient-hint">{t.eraseWhat}</p>
        <p class="soft patient-hint">{t.eraseKept}</p>
        <TextField
          label={t.eraseType(code)}
          value={confirm}
          error={isWrong ? t.eraseWrong : undefined}
          disabled={erase.isRunning}
          onInput={(event) => setConfirm((event.currentTarget as HTMLInputElement).value.trim())}
        />
        {erase.problem && (
          <ProblemNotice
            problem={erase.problem}
            texts={{ MUST_BE_KEPT: t.mustBeKept, ERASE_BLOCKED: t.eraseBlocked }}
          />
        )}
        {erase.problem?.code === 'MUST_BE_KEPT' && (
          <label class="row">
            <input
              type="checkbox"
              checked={beforePeriod}
              onChange={(event) => setBeforePeriod(event.currentTarget.checked)}
            />
            {t.eraseBeforePeriod}
          </label>
        )}
        <footer>
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          <button type="submit" class="danger" disabled={erase.isRunning || confirm === ''}>
            {t.eraseVerb}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
