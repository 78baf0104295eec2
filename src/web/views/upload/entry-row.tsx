/** One file on its way: how far it is, what came of it, and what can be done. */
import type { ComponentChildren } from 'preact'
import { ApiProblem } from '../../api/client.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { bytes, dateTime } from '../../language/format.ts'
import { Badge, Shape } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { QualityBadge } from '../../ui/quality-badge.tsx'
import { failureText, recordingProblemText } from '../../ui/recording-problems.ts'
import { useTask } from '../../ui/use-task.ts'
import {
  canRetry,
  type Entry,
  type Failure,
  isCancellable,
  isOver,
  type State,
  type Stored,
} from './queue.ts'
import { cancel, remove, retry, settle } from './store.ts'
import { words } from './words.ts'

const NOTED = ['TRUNCATED', 'NO_ANALOG', 'DATA_ERASED', 'RATE_DISAGREES'] as const

/** What somebody should know of a recording that was taken; what may have to be put right stands out. */
function Notes({ stored: { isKnown, startedAtBasis, warnings } }: { readonly stored: Stored }) {
  const t = words()
  const toldOf = [isKnown && t.known, startedAtBasis === 'file-name' && t.startByName]
  const warnedOf = [
    ...NOTED.map((code) => warnings.includes(code) && t[code]),
    startedAtBasis === 'received' && t.startUnknown,
  ]
  return (
    <>
      {warnedOf.map(
        (note) =>
          note && (
            <p key={note} class="upload-warning">
              <Shape kind="warning" /> {note}
            </p>
          ),
      )}
      {toldOf.map(
        (note) =>
          note && (
            <p key={note} class="soft">
              {note}
            </p>
          ),
      )}
    </>
  )
}

function Way({ stored }: { readonly stored: Stored }) {
  const t = words()
  return stored.sessionId === null ? (
    <a href={href(`/recordings/${stored.recordingId}`)}>{t.openRecording}</a>
  ) : (
    <a href={href(`/sessions/${stored.sessionId}`)}>{t.openSession(dateTime(stored.startedAt))}</a>
  )
}

/** Without an answer of the server it is the analysis that has failed, whose words are the session’s. */
const textOf = (failure: Failure, stored: Stored | null): string => {
  const { status, code, detail, requestId } = failure
  return stored && status === 0
    ? failureText({ code, reason: detail })
    : recordingProblemText(new ApiProblem(status, code, detail, [], requestId))
}

function Failed({ failure, stored }: { readonly failure: Failure; readonly stored: Stored | null }) {
  const t = words()
  return (
    <>
      <p class="upload-state">
        <Badge kind="bad">{stored ? t.notAnalysed : t.failed}</Badge> {textOf(failure, stored)}
      </p>
      {stored && <Way stored={stored} />}
      {failure.sessionId && <a href={href(`/sessions/${failure.sessionId}`)}>{t.openOther}</a>}
    </>
  )
}

function Doubtful({ entry, named }: { readonly entry: Entry; readonly named: readonly string[] }) {
  const t = words()
  const chosen = entry.patientCode as string
  const codes = [...new Set([...named, chosen])]
  return (
    <Notice kind="warning" title={t.doubt}>
      <p>{t.doubtWhat(named.join(` ${t.and} `), chosen)}</p>
      <p class="row">
        {codes.map((code) => (
          <button key={code} type="button" onClick={() => settle(entry.id, code)}>
            {t.belongsTo(code)}
          </button>
        ))}
      </p>
    </Notice>
  )
}

function Analysing({ state }: { readonly state: Extract<State, { kind: 'analysing' }> }) {
  const t = words()
  if (state.held !== null) return <p class="upload-state">{t.held}</p>
  if (state.percent === null) return <p class="upload-state">{t.waitsForAnalysis}</p>
  return <Progress label={t.analysing} share={state.percent / 100} />
}

function Shown({ entry }: { readonly entry: Entry }) {
  const t = words()
  const { state, size } = entry
  switch (state.kind) {
    case 'doubtful':
      return <Doubtful entry={entry} named={state.named} />
    case 'waiting':
      return <p class="upload-state">{state.putOff > 0 ? t.busy : t.waiting}</p>
    case 'sending':
      return (
        <Progress
          label={t.sending}
          share={state.sent / size}
          text={t.sentOf(bytes(state.sent), bytes(size))}
        />
      )
    case 'storing':
      return <Progress label={t.storing} share={null} />
    case 'analysing':
      return <Analysing state={state} />
    case 'cancelled':
      return <p class="upload-state">{t.cancelled}</p>
    case 'failed':
      return <Failed failure={state.failure} stored={state.stored} />
    case 'done':
      return (
        <>
          <p class="upload-state">
            {state.quality ? <QualityBadge counts={state.quality} /> : <Badge kind="good">{t.stored}</Badge>}
            {!state.quality && ` ${t.qualityUnknown}`}
          </p>
          <Way stored={state.stored} />
          <Notes stored={state.stored} />
        </>
      )
  }
}

function Actions({ entry }: { readonly entry: Entry }): ComponentChildren {
  const t = words()
  const { id, name, state } = entry
  const again = useTask(() => retry(id))
  const isStored = state.kind === 'failed' && state.stored !== null
  const needs = isStored && state.stored?.sessionId ? 'analyses:request' : undefined
  return (
    <div class="upload-actions">
      {again.problem && <span role="alert">{problemText(again.problem)}</span>}
      {canRetry(state) && (needs === undefined || may(needs)) && (
        <button
          type="button"
          disabled={again.isRunning}
          aria-label={isStored ? t.againFile(name) : t.retryFile(name)}
          onClick={() => void again.run()}
        >
          <Icon name="reload" />
          {isStored ? t.again : t.retry}
        </button>
      )}
      {isCancellable(entry) && (
        <button type="button" aria-label={t.cancelFile(name)} onClick={() => cancel(id)}>
          {t.cancel}
        </button>
      )}
      {isOver(entry) && (
        <button type="button" class="plain" aria-label={t.removeFile(name)} onClick={() => remove(id)}>
          <Icon name="remove" />
        </button>
      )}
    </div>
  )
}

export function EntryRow({ entry }: { readonly entry: Entry }) {
  const t = words()
  const { name, size, patientCode } = entry
  return (
    <li class={`upload-entry ${entry.state.kind}`}>
      <div class="upload-file">
        <span class="upload-name">{name}</span>
        <span class="soft">
          {bytes(size)} · {patientCode === null ? t.alone : t.of(patientCode)}
        </span>
      </div>
      <div class="upload-shown">
        <Shown entry={entry} />
      </div>
      <Actions entry={entry} />
    </li>
  )
}
