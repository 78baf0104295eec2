/** What memory and the shared tiers take, measured here and now. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { bytes, byteUnit, duration, fixed } from '../../../language/format.ts'
import { TextField } from '../../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { operateWords } from './operate-words.ts'

type Measured = Answer<'POST /api/cache/benchmark'>
type Timing = Measured['memory']['hit']

/** What the server takes at most. */
const BOUNDS = {
  entries: { least: 1, most: 5000, isWhole: true },
  bytes: { least: 1, most: 1_048_576, isWhole: true },
  seconds: { least: 0.1, most: 10, isWhole: false },
} as const

type Name = keyof typeof BOUNDS
const NAMES = Object.keys(BOUNDS) as readonly Name[]

function isRight(name: Name, text: string): boolean {
  const { least, most, isWhole } = BOUNDS[name]
  const value = Number(text)
  return text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value))
}

function Result({ measured }: { readonly measured: Measured }) {
  const t = operateWords()
  const { memory, tiers } = measured
  const names = ['redis', 'postgres'] as const
  const rows: readonly (readonly [string, Timing])[] = [
    [t.op_hit, memory.hit],
    [t.op_miss, memory.miss],
    ...names.flatMap((tier) => {
      const timings = tiers[tier]
      return timings
        ? ([
            [t.op_read(t[tier]), timings.read],
            [t.op_readMany(t[tier]), timings.readMany],
            [t.op_writeMany(t[tier]), timings.writeMany],
          ] as const)
        : []
    }),
  ]
  const summary = t.measured(fixed(measured.entries), bytes(measured.bytes), duration(measured.durationMs))
  return (
    <div role="status">
      <p>
        {summary} {measured.cutShort && t.cutShort}
      </p>
      {names
        .filter((tier) => tiers[tier] === null)
        .map((tier) => (
          <Notice key={tier} kind="warning">
            <p>{t.tierAway(t[tier])}</p>
          </Notice>
        ))}
      <Table
        caption={summary}
        columns={[t.operation, { number: t.count }, { number: t.mean }, { number: t.p50 }, { number: t.p95 }]}
      >
        {rows.map(([label, { count, meanMs, p50Ms, p95Ms }]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="number">{fixed(count)}</td>
            {[meanMs, p50Ms, p95Ms].map((ms, i) => (
              <td key={['mean', 'p50', 'p95'][i]} class="number">
                {ms === null ? t.notMeasured : duration(ms)}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </div>
  )
}

/** Bounded by the server too: it slows other work while it runs. */
export function Benchmark() {
  const t = operateWords()
  const [draft, set] = useState<Readonly<Record<Name, string>>>({
    entries: '200',
    bytes: '1024',
    seconds: '2',
  })
  const [wasTried, setTried] = useState(false)
  const [measured, setMeasured] = useState<Measured>()
  const task = useTask(async () => {
    const { data } = await ask('POST /api/cache/benchmark', { query: draft })
    setMeasured(data)
    refresh('/api/cache/')
  })
  const labels: Readonly<Record<Name, string>> = {
    entries: t.benchEntries,
    bytes: t.benchBytes,
    seconds: t.benchSeconds,
  }
  const units: Readonly<Record<Name, string | undefined>> = {
    entries: undefined,
    bytes: byteUnit('B'),
    seconds: 's',
  }
  const run = (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (NAMES.every((name) => isRight(name, draft[name]))) void task.run()
  }
  return (
    <section aria-labelledby="cache-benchmark">
      <h2 id="cache-benchmark">{t.benchmark}</h2>
      <p class="soft">{t.benchmarkIntro}</p>
      <form class="cache-form" onSubmit={run} noValidate>
        {NAMES.map((name) => {
          const bounds = [
            fixed(BOUNDS[name].least, name === 'seconds' ? 1 : 0),
            fixed(BOUNDS[name].most),
          ] as const
          return (
            <TextField
              key={name}
              label={labels[name]}
              hint={t.range(...bounds)}
              unit={units[name]}
              inputMode="decimal"
              value={draft[name]}
              error={wasTried && !isRight(name, draft[name]) ? t.wrong(...bounds) : undefined}
              disabled={task.isRunning}
              onInput={({ currentTarget }) => set({ ...draft, [name]: currentTarget.value })}
            />
          )
        })}
        <button type="submit" class="beside-fields" disabled={task.isRunning}>
          {task.isRunning ? t.measuring : t.measure}
        </button>
      </form>
      {task.problem && (
        <ProblemNotice problem={task.problem} texts={{ BENCHMARK_RUNNING: t.BENCHMARK_RUNNING }} />
      )}
      {measured && <Result measured={measured} />}
    </section>
  )
}
