/** Analyses of the session that were kept, and the way to another one. */
import type { Session } from '../../../api/shapes.ts'
import { usePages } from '../../../api/use-pages.ts'
import { dateTime } from '../../../language/format.ts'
import { Busy } from '../../../ui/busy.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { wordOf } from '../parameters/words.ts'
import { AgainButton } from '../status.tsx'
import { words } from './words.ts'

function Table({ pages }: { readonly pages: ReturnType<typeof useKept> }) {
  const t = words()
  if (pages.problem && !pages.items) return <ProblemNotice problem={pages.problem} retry={pages.reload} />
  if (!pages.items) return <Busy />
  if (pages.items.length === 0) return <p class="soft">{t.keptNone}</p>
  return (
    <>
      <Scrolling label={t.kept}>
        <table>
          <caption class="hidden-text">{t.kept}</caption>
          <thead>
            <tr>
              <th scope="col">{t.keptWhen}</th>
              <th scope="col">{t.preset}</th>
              <th scope="col">{t.pipeline}</th>
              <th scope="col">{t.inputs}</th>
            </tr>
          </thead>
          <tbody>
            {pages.items.map(({ id, completedAt, preset, pipelineVersion, inputs }) => (
              <tr key={id}>
                <td>{dateTime(completedAt)}</td>
                <td>{wordOf(preset) ?? preset}</td>
                <td>{pipelineVersion}</td>
                <td>
                  <code class="session-hash">{inputs}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <MoreButton pages={pages} />
    </>
  )
}

const useKept = (id: string) => usePages('GET /api/sessions/{id}/analyses', { path: { id } })

export function Kept({ session }: { readonly session: Session }) {
  const t = words()
  return (
    <section class="card stack" aria-labelledby="session-kept">
      <h2 id="session-kept">{t.kept}</h2>
      <p class="soft">{t.keptNote}</p>
      <Table pages={useKept(session.id)} />
      <div class="row not-printed">
        <AgainButton session={session} />
      </div>
    </section>
  )
}
