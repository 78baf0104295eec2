/** By which rules the sessions of a patient are scored, and why by these; whoever may can assign others. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { usePages } from '../../api/use-pages.ts'
import { refresh, useRead } from '../../api/use-read.ts'
import { may } from '../../app/viewer.ts'
import { exactPercent, exactSeconds, fixed } from '../../language/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { SelectField } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Pending } from '../../ui/pending.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { rulesName } from '../session/scores/rules-name.ts'
import { recordWords } from './record-words.ts'

const SOURCES = {
  session: 'scoringSession',
  patient: 'scoringPatient',
  active: 'scoringActive',
  default: 'scoringDefault',
} as const

function Assign({
  code,
  assigned,
  onDone,
}: {
  readonly code: string
  readonly assigned: string
  readonly onDone: () => void
}) {
  const t = recordWords()
  const pages = usePages('GET /api/scoring/configurations', { query: { limit: '200' } })
  const [chosen, choose] = useState(assigned)
  const save = useTask(async () => {
    const path = { code }
    if (chosen === '') await ask('DELETE /api/scoring/assignments/patients/{code}', { path })
    else
      await ask('PUT /api/scoring/assignments/patients/{code}', { path, body: { configurationId: chosen } })
    refresh('/api/scoring/resolve', `/api/patients/${code}/trends`, '/api/sessions')
    say(t.assigned)
    onDone()
  })
  if (!pages.items) return <Pending read={pages} />
  const offered = pages.items.filter(({ retiredAt, id }) => retiredAt === null || id === assigned)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <SelectField
        label={t.assignTo}
        value={chosen}
        options={[
          { value: '', label: t.assignNone },
          ...offered.map(({ id, name, latestVersion }) => ({
            value: id,
            label: rulesName({ id, name, version: latestVersion }),
          })),
        ]}
        onChange={(event) => choose((event.currentTarget as HTMLSelectElement).value)}
      />
      {save.problem && <ProblemNotice problem={save.problem} />}
      <div class="row">
        <button type="submit" class="primary" disabled={save.isRunning}>
          {t.save}
        </button>
        <button type="button" class="plain" onClick={onDone}>
          {t.cancel}
        </button>
      </div>
    </form>
  )
}

export function Scoring({ code }: { readonly code: string }) {
  const t = recordWords()
  const [isEdited, setEdited] = useState(false)
  const read = useRead('GET /api/scoring/resolve', { query: { patient: code } })
  if (!read.data) return <Pending read={read} />
  const { source, configuration } = read.data
  const { weights, targets } = configuration.rules
  const parts = [
    [t.compliance, weights.compliance],
    [t.symmetry, weights.symmetry],
    [t.effort, weights.effort],
    [t.gameWeight, weights.game],
  ] as const
  return (
    <section class="card stack">
      <h2>{t.scoringTitle}</h2>
      <Facts
        facts={[
          { label: t.rules, value: rulesName(configuration) },
          { label: t.scoringSource, value: t[SOURCES[source]] },
          {
            label: t.weights,
            value: parts.map(([name, weight]) => `${name} ${exactPercent(100 * weight)}`).join(', '),
          },
          {
            label: t.asksFor,
            value: `${fixed(targets.contractions)} × ${exactSeconds(targets.durationMs)}, ${t.percentOfMvc(exactPercent(targets.mvcPercent))}`,
          },
        ]}
      />
      {isEdited && (
        <Assign
          code={code}
          assigned={source === 'patient' ? configuration.id : ''}
          onDone={() => setEdited(false)}
        />
      )}
      {!isEdited && may('scoring:write') && (
        <div class="row">
          <button type="button" onClick={() => setEdited(true)}>
            {t.assign}
          </button>
        </div>
      )}
    </section>
  )
}
