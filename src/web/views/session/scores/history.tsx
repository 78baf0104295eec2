/** The scores of a session that are stored, newest first; each can be looked at whole. */
import type { Answer } from '../../../api/client.ts'
import type { Pages } from '../../../api/use-pages.ts'
import { href, path, query } from '../../../app/router.ts'
import { dateTime, fixed, NO_FIGURE, percent } from '../../../language/format.ts'
import { Busy } from '../../../ui/busy.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { COMPONENTS } from './parts.ts'
import { rulesName } from './rules-name.ts'
import { words } from './words.ts'

export type StoredScore = Answer<'POST /api/sessions/{id}/score'>

/** Of the query: which stored score is looked at. */
const SHOWN = 'score'

export const shownScore = (): string | null => query.value.get(SHOWN)

/** The address of a stored score, or with null of the one of now. */
export const addressOf = (id: string | null): string =>
  href(path.value, { ...Object.fromEntries(query.value), [SHOWN]: id })

const figure = (value: number | null) =>
  value === null ? (
    <>
      <span aria-hidden="true">{NO_FIGURE}</span>
      <span class="hidden-text">{words().missing}</span>
    </>
  ) : (
    percent(value, 1)
  )

export function History({ stored }: { readonly stored: Pages<StoredScore> }) {
  const t = words()
  if (!stored.items) {
    return stored.problem ? <ProblemNotice problem={stored.problem} retry={stored.reload} /> : <Busy />
  }
  if (stored.items.length === 0) return <p class="soft">{t.historyNone}</p>
  const shown = shownScore()
  return (
    <>
      <Scrolling label={t.history}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.computedAt}</th>
              <th scope="col" class="number">
                {t.overall}
              </th>
              {COMPONENTS.map((id) => (
                <th key={id} scope="col" class="number">
                  {t[id]}
                </th>
              ))}
              <th scope="col" class="number">
                {t.rpeColumn}
              </th>
              <th scope="col">{t.rulesColumn}</th>
            </tr>
          </thead>
          <tbody>
            {stored.items.map(({ id, computedAt, score, input }) => (
              <tr key={id} aria-current={shown === id ? 'true' : undefined}>
                <th scope="row">
                  <a href={addressOf(id)} aria-label={t.showOf(dateTime(computedAt))}>
                    {dateTime(computedAt)}
                  </a>
                </th>
                <td class="number">
                  <strong>{figure(score.overall.value)}</strong>
                </td>
                {COMPONENTS.map((component) => (
                  <td key={component} class="number">
                    {figure(score.components[component].value)}
                  </td>
                ))}
                <td class="number">{input.rpe === null ? figure(null) : fixed(input.rpe)}</td>
                <td>{rulesName(score.configuration)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <MoreButton pages={stored} />
    </>
  )
}
