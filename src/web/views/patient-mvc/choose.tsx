/** Which recording to calibrate from: one of the patient's sessions, or a file that is uploaded for it. */
import { useState } from 'preact/hooks'
import { type Answer, fetchAnswer, urlOf } from '../../api/client.ts'
import { usePages } from '../../api/use-pages.ts'
import { go, href, path } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Field } from '../../ui/field.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { recordingProblemText } from '../../ui/recording-problems.ts'
import { useTask } from '../../ui/use-task.ts'
import { words } from './words.ts'

/** The address of a recording to calibrate from. @param from when its session started, where it has one */
const addressOf = (recording: string, from: string | null): string => href(path.value, { recording, from })

function Upload() {
  const t = words()
  const [file, choose] = useState<File | null>(null)
  const task = useTask(async (chosen: File) => {
    const url = urlOf('POST /api/recordings', { query: { fileName: chosen.name } })
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
    const response = await fetchAnswer(url, { method: 'POST', headers, body: chosen })
    const { id } = (await response.json()) as Answer<'POST /api/recordings'>
    go(addressOf(id, null))
  })
  return (
    <div class="stack">
      <Field label={t.upload} hint={t.uploadHint}>
        {(control) => (
          <input
            type="file"
            {...control}
            disabled={task.isRunning}
            onChange={({ currentTarget }) => {
              const chosen = currentTarget.files?.[0] ?? null
              choose(chosen)
              if (chosen) void task.run(chosen)
            }}
          />
        )}
      </Field>
      {task.isRunning && file && <Busy label={t.uploading} />}
      {task.problem && <Notice kind="error">{recordingProblemText(task.problem)}</Notice>}
    </div>
  )
}

export function Choose({ code, chosen }: { readonly code: string; readonly chosen: string | null }) {
  const t = words()
  const sessions = usePages('GET /api/sessions', {
    query: { patientCode: code, sort: '-startedAt', limit: '20' },
  })
  const recorded = sessions.items?.filter(({ recordingId }) => recordingId !== null)
  return (
    <section class="card stack patient-mvc-part" aria-labelledby="calibrate-choose">
      <h2 id="calibrate-choose">{t.step1}</h2>
      <div>
        <h3>{t.ofPatient}</h3>
        {!recorded &&
          (sessions.problem ? (
            <ProblemNotice problem={sessions.problem} retry={sessions.reload} />
          ) : (
            <Busy />
          ))}
        {recorded?.length === 0 && <p class="soft">{t.noRecordings}</p>}
        {recorded && recorded.length > 0 && (
          <ul class="patient-mvc-recordings">
            {recorded.map(({ id, recordingId, startedAt }) => (
              <li key={id}>
                <a
                  class="button"
                  href={addressOf(recordingId as string, startedAt)}
                  aria-current={recordingId === chosen ? 'true' : undefined}
                >
                  {t.recordingOf(dateTime(startedAt))}
                </a>
              </li>
            ))}
          </ul>
        )}
        <MoreButton pages={sessions} />
      </div>
      {may('recordings:write') && <Upload />}
    </section>
  )
}
