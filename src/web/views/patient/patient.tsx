/** A patient: where the treatment stands, how the sessions go, and what is kept of them. */
import { useState } from 'preact/hooks'
import { useRead } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { date } from '../../language/format.ts'
import { Panels } from '../../panels/panels.tsx'
import { Busy } from '../../ui/busy.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { EraseDialog } from './erase.tsx'
import { IdentityDialog } from './identity.tsx'
import { MvcHistory } from './mvc-history.tsx'
import { Notes } from './notes.tsx'
import { Scoring } from './scoring.tsx'
import { Sessions } from './sessions.tsx'
import { type Patient, Targets } from './targets.tsx'
import { PROTOCOL_DAYS, treatmentPhase } from './treatment.ts'
import { Trends } from './trends.tsx'
import { words } from './words.ts'
import './patient.css'

/** Where the treatment stands, in words. */
function phaseText(treatmentStart: string | null): string {
  const t = words()
  const phase = treatmentPhase(treatmentStart, Date.now())
  if (phase.kind === 'unknown') return t.phaseUnknown
  if (phase.kind === 'before') return t.phaseBefore(phase.daysUntil)
  return phase.kind === 'protocol' ? t.phaseProtocol(phase.day, PROTOCOL_DAYS) : t.phaseAfter(phase.day)
}

function Subtitle({ patient }: { readonly patient: Patient }) {
  const t = words()
  const { treatmentStart, therapist, withheld } = patient
  return (
    <>
      <span>
        {phaseText(treatmentStart)}
        {treatmentStart && ` · ${t.startedOn(date(`${treatmentStart}T12:00:00`))}`}
      </span>
      <span>
        {withheld?.includes('therapist') ? t.withheld : therapist ? t.treatedBy(therapist) : t.noTherapist}
      </span>
    </>
  )
}

type Asked = 'identity' | 'edit' | 'erase' | null

/** What one may do with a patient, and the dialogs of it. */
function Actions({ patient, etag }: { readonly patient: Patient; readonly etag: string | undefined }) {
  const t = words()
  const [asked, ask] = useState<Asked>(null)
  const close = () => ask(null)
  const { code } = patient
  const names = !viewer.value?.pseudonymous
  return (
    <>
      {may('patients:erase') && (
        <button type="button" class="plain" onClick={() => ask('erase')}>
          {t.erase}
        </button>
      )}
      {may('patients:identify') && names && (
        <button type="button" onClick={() => ask('identity')}>
          {t.identityShow}
        </button>
      )}
      {may('patients:write') && (
        <button type="button" onClick={() => ask('edit')}>
          {t.edit}
        </button>
      )}
      {may('intake:write') && (
        <a class="button primary" href={href('/upload', { patient: code })}>
          {t.upload}
        </a>
      )}
      {asked === 'identity' && <IdentityDialog code={code} onClose={close} />}
      {asked === 'edit' && <EditDialog patient={patient} etag={etag} onClose={close} />}
      {asked === 'erase' && <EraseDialog patient={patient} etag={etag} onClose={close} />}
    </>
  )
}

export function PatientView({ code }: { readonly code: string }) {
  const t = words()
  const read = useRead('GET /api/patients/{code}', { path: { code } })
  const trail = <a href={href('/patients')}>{t.patients}</a>
  if (!read.data)
    return (
      <Page title={code} trail={trail}>
        {read.problem ? <ProblemNotice problem={read.problem} retry={read.reload} /> : <Busy />}
      </Page>
    )
  const patient = read.data
  const parts: readonly (Tab & { readonly isOffered: boolean })[] = [
    { id: 'trends', label: t.trends, isOffered: may('analytics:read') },
    { id: 'sessions', label: t.sessions, isOffered: may('sessions:read') },
    { id: 'mvc', label: t.mvc, isOffered: may('mvc:read') },
    { id: 'targets', label: t.targets, isOffered: true },
    { id: 'notes', label: t.notes, isOffered: may('notes:read') && !viewer.value?.pseudonymous },
  ]
  return (
    <Page
      title={code}
      trail={trail}
      subtitle={<Subtitle patient={patient} />}
      actions={<Actions patient={patient} etag={read.etag} />}
    >
      <Tabs
        label={t.parts}
        tabs={parts.filter(({ isOffered }) => isOffered) as unknown as readonly [Tab, ...Tab[]]}
      >
        {(id) => (
          <>
            {id === 'trends' && <Trends code={code} />}
            {id === 'sessions' && <Sessions code={code} />}
            {id === 'mvc' && <MvcHistory code={code} />}
            {id === 'targets' && (
              <div class="stack">
                <Targets patient={patient} etag={read.etag} />
                {may('scoring:read') && <Scoring code={code} />}
              </div>
            )}
            {id === 'notes' && <Notes code={code} />}
          </>
        )}
      </Tabs>
      <Panels place="patient" patientCode={code} />
    </Page>
  )
}
