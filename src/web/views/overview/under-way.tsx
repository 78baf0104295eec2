/** What the server works at. */
import type { Answer } from '../../api/client.ts'
import { useEvery } from '../../api/use-every.ts'
import { useRead } from '../../api/use-read.ts'
import { ago, fixed } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Progress } from '../../ui/meter.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { words } from './words.ts'

type Job = Answer<'GET /api/jobs'>['items'][number]

/** No stream tells of all jobs. */
const EVERY_MS = 5000
const SHOWN = 4

const nameOf = ({ plugin, name }: Job): string =>
  plugin === 'session-analysis' && name === 'analyse' ? words().analysis : words().otherJob(name, plugin)

const RUNNING = { query: { state: 'running', limit: '50' } } as const
const WAITING = { query: { state: 'waiting', limit: '50' } } as const

/** How many there are, as far as one page of the list says. */
const countOf = ({ items, nextCursor }: Answer<'GET /api/jobs'>): string =>
  nextCursor === null ? fixed(items.length) : words().atLeast(fixed(items.length))

export function UnderWay() {
  const t = words()
  const running = useRead('GET /api/jobs', RUNNING)
  const waiting = useRead('GET /api/jobs', WAITING)
  useEvery(EVERY_MS, () => {
    void running.reload()
    void waiting.reload()
  })
  const problem = running.problem ?? waiting.problem
  if (problem) return <ProblemNotice problem={problem} retry={running.reload} />
  if (!running.data || !waiting.data) return <Busy />
  if (running.data.items.length + waiting.data.items.length === 0) return <p class="soft">{t.noJobs}</p>
  return (
    <>
      <p>{t.jobsOf(countOf(running.data), countOf(waiting.data))}</p>
      <div class="stack">
        {running.data.items.slice(0, SHOWN).map((job) => (
          <Progress
            key={job.id}
            label={nameOf(job)}
            share={job.progress && job.progress.percent / 100}
            text={ago(job.startedAt)}
          />
        ))}
      </div>
    </>
  )
}
