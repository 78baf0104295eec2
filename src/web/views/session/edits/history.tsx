/** All that was ever set by hand in a recording: what, by whom, when, and whether it still holds. */
import { dateTime, NO_FIGURE, seconds } from '../../../language/format.ts'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { type Edit, type HistoryEntry, historyOf } from './stack.ts'
import { type Edits, mayEdit } from './use-edits.ts'
import { words } from './words.ts'

function whatOf(edit: Edit, nameOf: (index: number) => string): string {
  const t = words()
  const channel = nameOf(edit.channel)
  if (edit.kind === 'remove') return t.removed(channel, seconds(edit.atMs))
  return edit.kind === 'add'
    ? t.added(channel, seconds(edit.startMs), seconds(edit.endMs))
    : t.moved(channel, seconds(edit.atMs), seconds(edit.startMs), seconds(edit.endMs))
}

function stateOf({ entry, revokedBy }: HistoryEntry): string {
  const t = words()
  if (entry.inForce) return t.inForce
  const when = dateTime(revokedBy?.createdAt)
  return revokedBy?.author ? t.undoneBy(revokedBy.author, when) : t.undoneAt(when)
}

interface Properties {
  readonly edits: Edits
  /** Of a channel by its index. */
  readonly nameOf: (index: number) => string
  /** Nothing can be undone at the moment. */
  readonly isBlocked: boolean
}

export function EditHistory({ edits, nameOf, isBlocked }: Properties) {
  const t = words()
  const entries = historyOf(edits.history)
  if (entries.length === 0) return <p class="soft">{t.none}</p>
  return (
    <details class="session-history">
      <summary>
        {t.history} ({t.historyOf(entries.length)})
      </summary>
      <Scrolling label={t.history}>
        <table>
          <caption>{t.audit}</caption>
          <thead>
            <tr>
              <th scope="col">{t.when}</th>
              <th scope="col">{t.who}</th>
              <th scope="col">{t.what}</th>
              <th scope="col">{t.why}</th>
              <th scope="col">{t.state}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((each) => {
              const { id, edit, author, reason, createdAt, inForce } = each.entry
              const what = whatOf(edit, nameOf)
              return (
                <tr key={id}>
                  <td>{dateTime(createdAt)}</td>
                  <td>{author ?? t.unknown}</td>
                  <td>{what}</td>
                  <td>{reason ?? NO_FIGURE}</td>
                  <td>
                    <span class="row">
                      {stateOf(each)}
                      {inForce && mayEdit() && (
                        <button
                          type="button"
                          disabled={edits.isRunning || isBlocked}
                          aria-label={t.undoThis(what)}
                          onClick={() => void edits.revoke(id, each.entry)}
                        >
                          {t.undo}
                        </button>
                      )}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scrolling>
    </details>
  )
}
