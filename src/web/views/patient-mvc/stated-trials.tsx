/** Where the maximal contractions are, said by whoever was there, where they are not found by themselves. */
import { useState } from 'preact/hooks'
import { TextField } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { useTask } from '../../ui/use-task.ts'
import { parseTrials, type Trial } from './trials.ts'
import { words } from './words.ts'

interface Properties {
  /** Of the channel. */
  readonly label: string
  readonly isDisabled: boolean
  /** null: they are found. */
  readonly lookAgain: (trials: readonly Trial[] | null) => Promise<void>
}

export function StatedTrials({ label, isDisabled, lookAgain }: Properties) {
  const t = words()
  const [text, setText] = useState('')
  const [isTried, tried] = useState(false)
  const trials = parseTrials(text)
  const task = useTask(lookAgain)
  const isOff = isDisabled || task.isRunning
  return (
    <details class="patient-mvc-trials">
      <summary>
        {t.state}
        <span class="hidden-text"> ({label})</span>
      </summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          tried(trials === null)
          if (trials) void task.run(trials)
        }}
      >
        <TextField
          label={t.stateLabel}
          hint={t.stateHint}
          unit="s"
          value={text}
          disabled={isOff}
          error={isTried && trials === null ? t.stateWrong : undefined}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        {task.problem && <ProblemNotice problem={task.problem} />}
        <div class="row">
          <button type="submit" disabled={isOff}>
            {t.stateAgain}
          </button>
          <button
            type="button"
            class="plain"
            disabled={isOff}
            onClick={() => {
              setText('')
              tried(false)
              void task.run(null)
            }}
          >
            {t.stateReset}
          </button>
        </div>
      </form>
    </details>
  )
}
