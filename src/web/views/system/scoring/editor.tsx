/** A new configuration, or a new version of one: a name, the reason, the rules. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { fixed } from '../../../language/format.ts'
import { Field, TextField } from '../../../ui/field.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { draftOf, isSame, type Rules, rulesOf } from './draft.ts'
import { scoringProblems } from './problem-texts.ts'
import { RulesForm } from './rules-form.tsx'
import { words } from './words.ts'

export type Configuration = Answer<'GET /api/scoring/configurations/{id}'>

interface Properties {
  /** What the form begins with. */
  readonly rules: Rules
  /** Gets the new version; null: a new one is made. */
  readonly of: Configuration | null
  readonly onMade: (made: Configuration) => void
}

const NAME_LENGTH = 100

export function Editor({ rules, of, onMade }: Properties) {
  const t = words()
  // What stands before decimals here, as in 0,5.
  const start = draftOf(rules, fixed(0.5, 1).charAt(1))
  const [draft, setDraft] = useState(start)
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [wasTried, setTried] = useState(false)
  const isNameWrong = of === null && (name.trim() === '' || name.trim().length > NAME_LENGTH)
  const isUnchanged = of !== null && isSame(start, draft)
  const task = useTask(async (next: Rules) => {
    const content = { rules: next, ...(description.trim() && { description: description.trim() }) }
    const { data } = of
      ? await ask('POST /api/scoring/configurations/{id}/versions', { path: { id: of.id }, body: content })
      : await ask('POST /api/scoring/configurations', { body: { name: name.trim(), ...content } })
    refresh('/api/scoring')
    say(of ? t.savedText(fixed(data.version)) : t.createdText)
    onMade(data)
  })
  const next = rulesOf(draft)
  const send = (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (next && !isNameWrong && !isUnchanged) void task.run(next)
  }
  return (
    <form class="stack scoring-editor" onSubmit={send} noValidate>
      {of === null && (
        <TextField
          label={t.name}
          hint={t.nameHint}
          error={wasTried && isNameWrong ? t.nameMissing : undefined}
          value={name}
          maxLength={NAME_LENGTH}
          autocomplete="off"
          disabled={task.isRunning}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      )}
      <Field label={t.description} hint={t.descriptionHint}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={2000}
            value={description}
            disabled={task.isRunning}
            onInput={({ currentTarget }) => setDescription(currentTarget.value)}
          />
        )}
      </Field>
      <RulesForm draft={draft} onChange={setDraft} isDisabled={task.isRunning} />
      {task.problem && <ProblemNotice problem={task.problem} texts={scoringProblems()} />}
      <p class="row">
        <button type="submit" class="primary" disabled={task.isRunning || !next || isUnchanged}>
          {of ? t.save : t.create}
        </button>
        {isUnchanged && <span class="soft">{t.nothingChanged}</span>}
      </p>
    </form>
  )
}
