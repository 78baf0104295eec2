/** Brings recordings in: whose they are, the files, and what becomes of each. */
import { go, href, query } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { bytes } from '../../language/format.ts'
import { Choice } from '../../ui/choice.tsx'
import { Progress } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { DropZone } from './drop-zone.tsx'
import { EntryRow } from './entry-row.tsx'
import { PatientChoice } from './patient-choice.tsx'
import { isOver, isUnsent, totalsOf } from './queue.ts'
import { addFiles, type Chosen, clearOver, stage, staged, uploads } from './store.ts'
import { words } from './words.ts'
import './upload.css'

/** Stands in the address for recordings of nobody. */
const NOBODY = 'none'

type Whose = { readonly kind: 'patient'; readonly code: string | undefined } | { readonly kind: 'nobody' }

/** What the address says, as far as one may do it. */
function asked(): Whose {
  const named = query.value.get('patient') ?? undefined
  if (!may('intake:write')) return { kind: 'nobody' }
  if (named === NOBODY && may('recordings:write')) return { kind: 'nobody' }
  return { kind: 'patient', code: named === NOBODY ? undefined : named }
}

const show = (patient: string | null): void => go(href('/upload', { patient }), 'replace')

function Whose({ whose, onSaid }: { readonly whose: Whose; readonly onSaid: (code: string | null) => void }) {
  const t = words()
  const { kind } = whose
  return (
    <section class="card stack upload-whose" aria-labelledby="upload-whose">
      <h2 id="upload-whose">{t.whose}</h2>
      {may('intake:write') && may('recordings:write') && (
        <Choice
          label={t.whose}
          isLabelHidden
          value={kind}
          options={[
            { value: 'patient', label: t.ofPatient },
            { value: 'nobody', label: t.ofNobody },
          ]}
          onChoose={(chosen) => (chosen === 'nobody' ? onSaid(null) : show(null))}
        />
      )}
      {kind === 'nobody' ? (
        <p class="soft">{t.nobodyHint}</p>
      ) : (
        <PatientChoice code={whose.code} onChoose={(code) => (code ? onSaid(code) : show(null))} />
      )}
    </section>
  )
}

function List() {
  const t = words()
  const queue = uploads.value
  if (queue.length === 0) return null
  const { files, done, failed, doubtful, size, sent } = totalsOf(queue)
  const news = [
    t.summary(done, files),
    failed > 0 && t.summaryFailed(failed),
    doubtful > 0 && t.summaryDoubtful(doubtful),
  ].filter(Boolean)
  const isSending = queue.some(isUnsent)
  return (
    <section class="upload-list" aria-labelledby="upload-list">
      <header>
        <h2 id="upload-list">{t.list}</h2>
        <p class="upload-news" role="status">
          {news.join(', ')}
        </p>
        {queue.some(isOver) && (
          <button type="button" onClick={clearOver}>
            {t.clear}
          </button>
        )}
      </header>
      {isSending && size > 0 && (
        <Progress label={t.stay} share={sent / size} text={t.sentOf(bytes(sent), bytes(size))} />
      )}
      <ul>
        {queue.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  )
}

export function Upload() {
  const t = words()
  const files = staged.value
  const whose = asked()
  const isSaid = whose.kind === 'nobody' || whose.code !== undefined
  const say = (code: string | null): void => {
    show(code ?? NOBODY)
    if (files.length > 0) addFiles(files, code)
    stage([])
  }
  const take = (more: readonly Chosen[]): void => {
    if (isSaid) addFiles(more, whose.kind === 'patient' ? (whose.code as string) : null)
    else stage([...files, ...more])
  }
  const label = whose.kind === 'patient' ? (whose.code ? t.dropFor(whose.code) : t.dropFirst) : t.dropAlone
  return (
    <Page title={t.title}>
      <Whose whose={whose} onSaid={say} />
      {files.length > 0 && (
        <Notice kind="warning" title={t.staged(files.length)}>
          <p>{t.stagedWhat}</p>
          <button type="button" onClick={() => stage([])}>
            {t.discard}
          </button>
        </Notice>
      )}
      <DropZone label={label} onFiles={take} />
      <List />
    </Page>
  )
}
