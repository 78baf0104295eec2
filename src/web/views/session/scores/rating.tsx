/** The rating of perceived exertion: asked in the words of the scale, where its score is shown. */
import { useEffect, useId, useState } from 'preact/hooks'
import { ProblemNotice } from '../../../ui/notice.tsx'
import type { EntryTask, Session } from './use-entry.ts'
import { words } from './words.ts'

/** Of the Borg CR10 scale, in whole steps. */
const RATINGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** A rating with its word, where it has one. */
export function ratingText(rpe: number): string {
  const word = words().borg(rpe)
  return word === '' ? String(rpe) : `${rpe} – ${word}`
}

export function Rating({ session, save }: { readonly session: Session; readonly save: EntryTask }) {
  const t = words()
  const name = useId()
  const { rpe } = session
  const [chosen, choose] = useState(rpe)
  useEffect(() => choose(rpe), [rpe])
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== null && chosen !== rpe) void save.run({ rpe: chosen })
      }}
    >
      <fieldset class="scores-borg" disabled={save.isRunning} aria-describedby={`${name}-ask`}>
        <legend>{t.rpeTitle}</legend>
        <p id={`${name}-ask`} class="soft">
          {t.rpeAsk}
        </p>
        <div>
          {RATINGS.map((rating) => (
            <label key={rating}>
              <input type="radio" name={name} checked={chosen === rating} onChange={() => choose(rating)} />
              <strong>{rating}</strong>
              <span>{t.borg(rating)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="scores-entered">{rpe === null ? t.rpeMissing : t.rpeIs(ratingText(rpe))}</p>
      {save.problem && <ProblemNotice problem={save.problem} />}
      <div class="row">
        <button type="submit" class="primary" disabled={save.isRunning || chosen === null || chosen === rpe}>
          {t.rpeSave}
        </button>
        {rpe !== null && (
          <button type="button" disabled={save.isRunning} onClick={() => void save.run({ rpe: null })}>
            {t.rpeRemove}
          </button>
        )}
      </div>
    </form>
  )
}
