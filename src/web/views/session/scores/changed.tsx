/** What an entry did to the score: each figure before and after. */

import { percent } from '../../../language/format.ts'
import { colon } from '../../../language/language.ts'
import { Notice } from '../../../ui/notice.tsx'
import type { Change } from './parts.ts'
import { words } from './words.ts'

export function Changed({ changes }: { readonly changes: readonly Change[] }) {
  const t = words()
  if (changes.length === 0) return <Notice kind="info">{t.noChange}</Notice>
  return (
    <Notice kind="good" title={t.changed}>
      <ul class="scores-changes">
        {changes.map(({ id, before, after }) => (
          <li key={id} class={id}>
            <span>{t[id]}</span> <span class="number">{before === null ? t.none1 : percent(before, 1)}</span>{' '}
            <span aria-hidden="true">→</span>
            <span class="hidden-text">
              , {t.becomes}
              {colon()}{' '}
            </span>{' '}
            <strong class="number">{after === null ? t.none1 : percent(after, 1)}</strong>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
