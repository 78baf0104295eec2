/** The recording with its analysis for other programs: formats, and whether names go with it. */
import { useState } from 'preact/hooks'
import { type Query, urlOf } from '../../../api/client.ts'
import { may, viewer } from '../../../app/viewer.ts'
import { Choice } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { download } from './download.ts'
import type { Exported } from './report-link.tsx'
import { words } from './words.ts'
import './exports.css'

type Asked = Query<'GET /api/sessions/{id}/export'>
type Table = NonNullable<Asked['table']>

/** Formats, with the tables of those that hold one a file. */
const FORMATS: ReadonlyArray<{ readonly id: Asked['format']; readonly tables?: readonly Table[] }> = [
  { id: 'csv', tables: ['contractions', 'metrics'] },
  { id: 'parquet', tables: ['contractions', 'metrics', 'signals'] },
  { id: 'mat' },
  { id: 'edf' },
  { id: 'c3d' },
  { id: 'json' },
  { id: 'fhir' },
]

const OPERATIONS = {
  sessions: 'GET /api/sessions/{id}/export',
  recordings: 'GET /api/recordings/{id}/export',
} as const

function Formats({ of: { kind, id }, onClose }: { readonly of: Exported; readonly onClose: () => void }) {
  const t = words()
  const [identity, setIdentity] = useState<'pseudonymised' | 'full'>('pseudonymised')
  const fetching = useTask(async (format: Asked['format'], table?: Table) => {
    const query = { format, ...(table && { table }), ...(identity === 'full' && { identity }) }
    say(t.done(await download(urlOf(OPERATIONS[kind], { path: { id }, query }))))
  })
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div class="stack">
        {may('exports:full') && !viewer.value?.pseudonymous && (
          <Choice
            label={t.identity}
            options={[
              { value: 'pseudonymised', label: t.pseudonymised },
              { value: 'full', label: t.full },
            ]}
            value={identity}
            onChoose={setIdentity}
          />
        )}
        {identity === 'full' ? (
          <Notice kind="warning">
            <p>{t.fullNote}</p>
          </Notice>
        ) : (
          <p class="soft">{t.pseudonymisedNote}</p>
        )}
        {fetching.problem && (
          <ProblemNotice
            problem={fetching.problem}
            texts={{ FORMAT_CANNOT_HOLD: t.cannotHold, FULL_EXPORT_REFUSED: t.refused }}
          />
        )}
        <ul class="session-formats">
          {FORMATS.map(({ id: format, tables }) => (
            <li key={format}>
              <p>{t[format]}</p>
              <div class="row">
                {(tables ?? [undefined]).map((table) => {
                  const label = table ? t[table] : t.download
                  return (
                    <button
                      key={label}
                      type="button"
                      disabled={fetching.isRunning}
                      aria-label={t.downloadOf(`${format.toUpperCase()}${table ? ` – ${t[table]}` : ''}`)}
                      onClick={() => void fetching.run(format, table)}
                    >
                      <Icon name="download" />
                      {label}
                    </button>
                  )
                })}
              </div>
            </li>
          ))}
        </ul>
        <p role="status">{fetching.isRunning ? t.running : <small class="soft">{t.logged}</small>}</p>
      </div>
    </Dialog>
  )
}

export function Exports({ of }: { readonly of: Exported }) {
  const t = words()
  const [isOpen, setOpen] = useState(false)
  if (!may('exports:make')) return null
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="download" />
        {t.export}
      </button>
      {isOpen && <Formats of={of} onClose={() => setOpen(false)} />}
    </>
  )
}
