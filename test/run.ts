/** `bun run test`: checks, build, every test, and one plain line of the counts at the end. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { installChromium } from './support/chromium.ts'
import { makeTestFolder } from './support/memory-folder.ts'
import { installRedisServer } from './support/redis-server.ts'

const PROJECT = join(import.meta.dir, '..')

/** The temporary files of all tests, also of those that were killed: it is removed at the end. */
const temporary = makeTestFolder()

async function step(title: string, command: readonly string[]): Promise<boolean> {
  console.log(`\n== ${title}: ${command.join(' ')}`)
  const child = Bun.spawn([...command], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temporary },
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  })
  return (await child.exited) === 0
}

interface Counts {
  readonly tests: number
  readonly failures: number
  readonly skipped: number
  /** The tests that failed, each by file, line and name, and why. */
  readonly failed: readonly string[]
}

/** The totals of a JUnit report; zeroes when there is none. */
function readReport(path: string): Counts {
  let report = ''
  try {
    report = readFileSync(path, 'utf8')
  } catch {
    return { tests: 0, failures: 0, skipped: 0, failed: [] }
  }
  const head = /<testsuites[^>]*>/.exec(report)?.[0] ?? ''
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  const failed = [...report.matchAll(/<testcase ([^>]*[^/])>\s*<failure ([^>]*)/g)].map(
    ([, testcase = '', failure = '']) => {
      const of = (name: string, attributes = testcase): string =>
        (new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
          .replaceAll(/(?:&#10;|\s)+/g, ' ')
          .replaceAll('&quot;', '"')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&')
      return `${of('file')}:${of('line')} ${of('classname')} ${of('name')}: ${of('message', failure).slice(0, 300)}`
    },
  )
  return { tests: count('tests'), failures: count('failures'), skipped: count('skipped'), failed }
}

const bun = process.execPath

/** Tests against the clock, within tens of milliseconds: they have the machine to themselves. */
const TIMED = [
  'src/cache/deadline.test.ts',
  'src/workers/workers.test.ts',
  'test/access/timing.test.ts',
  'test/cache/faults.test.ts',
  'test/cache/migration.test.ts',
  'test/cache/redis-faults.test.ts',
  'test/cache/redis-tier.test.ts',
  'test/edf/damaged.test.ts',
  'test/http/signals.test.ts',
  'test/plugin/hostile-analysis.test.ts',
  'test/server/times.test.ts',
  'test/web/speed.test.ts',
  'test/workers/server.test.ts',
]

for (const path of TIMED) if (!existsSync(join(PROJECT, path))) throw new Error(`there is no ${path}`)

/** Most tests wait for servers to start, freeze and come back, so that several files are run at once. */
const ABREAST = Math.min(4, availableParallelism() + 1)

/** @returns the counts, and whether the runner has ended well */
async function runTests(
  title: string,
  options: readonly string[],
): Promise<Counts & { readonly ended: boolean }> {
  const report = join(temporary, `${title.replaceAll(' ', '-')}.xml`)
  const ended = await step(title, [
    bun,
    'test',
    '--timeout',
    '60000',
    '--reporter=junit',
    `--reporter-outfile=${report}`,
    ...options,
  ])
  return { ...readReport(report), ended }
}

const checks = [
  await step('types', [bun, 'x', 'tsc', '-p', '.']),
  await step('types of the page', [bun, 'x', 'tsc', '-p', 'src/web']),
  await step('style', [bun, 'x', 'biome', 'check', '--error-on-warnings', '.']),
  await step('executable', [bun, 'run', 'build']),
]
if (!(await installRedisServer()))
  console.log('\nredis-server is missing, and is installed as root on Debian only')
if (!(await installChromium())) console.log('\nchromium is missing, and is installed as root on Debian only')
const runs = [
  await runTests('tests', [
    `--parallel=${ABREAST}`,
    ...TIMED.map((path) => `--path-ignore-patterns=**/${path}`),
  ]),
  await runTests('tests against the clock', TIMED),
]
rmSync(temporary, { recursive: true, force: true })
const sum = (count: (run: Counts) => number): number => runs.reduce((total, run) => total + count(run), 0)
const [tests, failures, skipped] = [
  sum((run) => run.tests),
  sum((run) => run.failures),
  sum((run) => run.skipped),
]

const failedChecks = checks.filter((passed) => !passed).length
// A runner that dies before it writes its report has failed, whatever was counted.
const failed = failures + failedChecks + runs.filter((run) => !run.ended && run.failures === 0).length
const passed = tests - failures - skipped + (checks.length - failedChecks)
const named = runs.flatMap((run) => run.failed)
if (named.length > 0) console.log(`\nfailed:\n${named.map((name) => `  ${name}`).join('\n')}`)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed > 0 || runs.some((run) => run.tests === 0) ? 1 : 0)
