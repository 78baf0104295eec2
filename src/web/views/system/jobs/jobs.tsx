/** Jobs of all plugins: what waits, runs and was given up; what runs is followed live. */
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import { useEvents } from '../../../api/use-events.ts'
import { usePages } from '../../../api/use-pages.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { go, here, href, path, query } from '../../../app/router.ts'
import { may, viewer } from '../../../app/viewer.ts'
import { clock } from '../../../language/format.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Room } from '../room/room.tsx'
import { followed, hasEnded, type Job, STATES, withNews } from './follow.ts'
import { JobRow } from './job-row.tsx'
import { Queues } from './queues.tsx'
import { jobProblems, kindOf } from './texts.ts'
import { words } from './words.ts'
import './jobs.css'

/** Jobs read at once. */
const PAGE = '25'

/** Hears of one job until it has ended. */
function Follower({ id, onNews }: { readonly id: string; readonly onNews: (job: Job) => void }) {
  useEvents<Job>(`/api/jobs/${encodeURIComponent(id)}/events`, 'job', onNews, () => refresh('/api/jobs'))
  return null
}

function filterNow() {
  const { value } = query
  const state = STATES.find((each) => each === value.get('state'))
  const [plugin, name] = [value.get('plugin'), value.get('name')]
  return { ...(state && { state }), ...(plugin && { plugin }), ...(name && { name }) }
}

const choose = (changes: Readonly<Record<string, string | null>>): void => go(here(changes), 'replace')

/** Figures of all queues are for those who see all patients; they say which kinds there are. */
function Filters({ seesQueues }: { readonly seesQueues: boolean }) {
  const t = words()
  const queues = useRead('GET /api/jobs/queues', seesQueues ? {} : null)
  const { state = '', plugin = '', name = '' } = filterNow()
  const items = queues.data?.items ?? []
  const plugins = [...new Set([...items.map((each) => each.plugin), ...(plugin ? [plugin] : [])])]
  const names = [...new Set([...items.map((each) => each.name), ...(name ? [name] : [])])]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw itself as one
    <div class="fields system-filters" role="group" aria-label={t.filters}>
      <SelectField
        label={t.state}
        value={state}
        options={[{ value: '', label: t.anyState }, ...STATES.map((value) => ({ value, label: t[value] }))]}
        onChange={({ currentTarget }) => choose({ state: currentTarget.value || null })}
      />
      {seesQueues && (
        <>
          <SelectField
            label={t.plugin}
            value={plugin}
            options={[
              { value: '', label: t.anyPlugin },
              ...plugins.map((value) => ({ value, label: value })),
            ]}
            onChange={({ currentTarget }) => choose({ plugin: currentTarget.value || null })}
          />
          <SelectField
            label={t.kind}
            value={name}
            options={[
              { value: '', label: t.anyKind },
              ...names.map((value) => ({ value, label: kindOf(value) })),
            ]}
            onChange={({ currentTarget }) => choose({ name: currentTarget.value || null })}
          />
        </>
      )}
    </div>
  )
}

function ConfirmCancel({ job, onClose }: { readonly job: Job; readonly onClose: () => void }) {
  const t = words()
  const task = useTask(async () => {
    await ask('POST /api/jobs/{id}/cancel', { path: { id: job.id } })
    refresh('/api/jobs')
    say(t.cancelled_)
    onClose()
  })
  return (
    <Confirm
      title={t.confirmCancel}
      verb={t.cancel}
      isDangerous
      task={task}
      texts={jobProblems()}
      onClose={onClose}
    >
      <p>
        <strong>{kindOf(job.name)}</strong>
      </p>
      <p>{t.cancelText}</p>
    </Confirm>
  )
}

function List({ jobs }: { readonly jobs: readonly Job[] }) {
  const t = words()
  const [news, setNews] = useState<ReadonlyMap<string, Job>>(new Map())
  const [cancelling, setCancelling] = useState<Job>()
  // Among those that were given up, one that is tried again is not listed until it is given up once more.
  const [retried, setRetried] = useState<readonly string[]>([])
  const retry = useTask(async (id: string) => {
    await ask('POST /api/jobs/{id}/retry', { path: { id } })
    // What was heard of it before is not so any more.
    setNews((known) => new Map([...known].filter(([each]) => each !== id)))
    setRetried((ids) => [...ids, id])
    refresh('/api/jobs')
    say(t.retried)
  })
  const live = followed(jobs, retried)
  const heard = (job: Job) => {
    setNews((known) => new Map(known).set(job.id, job))
    if (!hasEnded(job)) return
    setRetried((ids) => ids.filter((id) => id !== job.id))
    refresh('/api/jobs')
  }
  return (
    <>
      {retry.problem && <ProblemNotice problem={retry.problem} texts={jobProblems()} />}
      {live.map((id) => (
        <Follower key={id} id={id} onNews={heard} />
      ))}
      {jobs.length > 0 && (
        <Table
          caption={t.jobsCaption}
          class="job-list"
          columns={[
            t.kind,
            t.state,
            t.what,
            t.enqueued,
            { number: t.attempts },
            may('jobs:manage') && { hidden: t.actions },
          ]}
        >
          {withNews(jobs, news).map((job) => (
            <JobRow
              key={job.id}
              job={job}
              isLive={live.includes(job.id)}
              isBusy={retry.isRunning}
              onRetry={() => void retry.run(job.id)}
              onCancel={() => setCancelling(job)}
            />
          ))}
        </Table>
      )}
      {cancelling && <ConfirmCancel job={cancelling} onClose={() => setCancelling(undefined)} />}
    </>
  )
}

export function JobsRoom() {
  const t = words()
  const filter = filterNow()
  const pages = usePages('GET /api/jobs', { query: { ...filter, limit: PAGE } })
  const [readAt, setReadAt] = useState(new Date())
  useEffect(() => setReadAt(new Date()), [pages.items])
  const seesQueues = viewer.value?.patients === 'all'
  const { items, problem } = pages
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Room
      title={t.title}
      subtitle={
        <>
          <span>{t.intro}</span>
          <span>{t.asOf(clock(readAt.toISOString()))}</span>
        </>
      }
      actions={
        <button type="button" disabled={pages.isLoading} onClick={() => refresh('/api/jobs')}>
          <Icon name="reload" />
          {t.refresh}
        </button>
      }
    >
      {seesQueues && <Queues />}
      <section aria-labelledby="jobs-list">
        <h2 id="jobs-list">{t.jobs}</h2>
        <Filters seesQueues={seesQueues} />
        {problem && <ProblemNotice problem={problem} retry={pages.reload} />}
        {!items && !problem && <Busy />}
        {items?.length === 0 && (
          <Empty title={isFiltered ? t.none : t.noneAtAll} text={isFiltered ? t.noneText : t.noneAtAllText}>
            {isFiltered && <a href={href(path.value)}>{t.clear}</a>}
          </Empty>
        )}
        {items && <List jobs={items} />}
        <MoreButton pages={pages} />
      </section>
    </Room>
  )
}
