/** Parts of the page that plugins bring: beside a session, a patient, the state of the server. */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { PanelPlace } from '../../plugin/panel.ts'
import type { Answer } from '../api/client.ts'
import { useRead } from '../api/use-read.ts'
import { theme } from '../app/preferences.ts'
import { may } from '../app/viewer.ts'
import { language } from '../language/language.ts'
import { Busy } from '../ui/busy.tsx'
import { Notice, ProblemNotice } from '../ui/notice.tsx'
import { mountPanel } from './mount.ts'
import { words } from './words.ts'
import './panels.css'

type ListedPanel = Answer<'GET /api/system/panels'>['items'][number]

/** What the panels are about; what is not told is null for them. */
interface Subject {
  readonly sessionId?: string | null
  readonly recordingId?: string | null
  readonly patientCode?: string | null
}

/** Heading and element of one panel, named with its plugin, as a view may have a part of the same name. Another session, patient or language is another panel: it is mounted anew. */
function PluginPanel({ panel, ...subject }: Subject & { readonly panel: ListedPanel }) {
  const { plugin, place, title, url } = panel
  const { sessionId = null, recordingId = null, patientCode = null } = subject
  const t = words()
  const spoken = language.value
  const element = useRef<HTMLDivElement>(null)
  const heading = useId()
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading')
  useEffect(() => {
    setState('loading')
    const about = { place, sessionId, recordingId, patientCode, language: spoken, theme: theme() }
    return mountPanel(element.current as Element, url, about, {
      onReady: () => setState('ready'),
      onFailed(error) {
        console.warn(`panel of ${plugin}:`, error)
        setState('failed')
      },
    })
  }, [url, place, sessionId, recordingId, patientCode, spoken, attempt])
  return (
    <section
      class="plugin-panel"
      aria-labelledby={`${heading} ${heading}-plugin`}
      aria-busy={state === 'loading'}
    >
      <header>
        <h2 id={heading} lang={title[spoken] === undefined ? 'en' : undefined}>
          {title[spoken] ?? title.en}
        </h2>
        <small id={`${heading}-plugin`}>{t.of(plugin)}</small>
      </header>
      {state === 'loading' && <Busy />}
      {state === 'failed' && (
        <Notice kind="warning">
          <p>{t.failed(plugin)}</p>
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            {t.tryAgain}
          </button>
        </Notice>
      )}
      <div ref={element} class={`place ${state}`} />
    </section>
  )
}

/**
 * The panels of a place that the one at the page may see; nothing where there are none.
 *
 * @example <Panels place="session" sessionId={id} recordingId={session.recordingId} patientCode={session.patientCode} />
 */
export function Panels({ place, ...subject }: Subject & { readonly place: PanelPlace }) {
  const listed = useRead('GET /api/system/panels', { query: { place } })
  if (listed.problem && !listed.data) return <ProblemNotice problem={listed.problem} retry={listed.reload} />
  const panels = (listed.data?.items ?? []).filter(({ permissions }) => permissions.every(may))
  return (
    <>
      {panels.map((panel) => (
        <PluginPanel key={`${panel.plugin}/${panel.id}`} panel={panel} {...subject} />
      ))}
    </>
  )
}
