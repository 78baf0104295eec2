/** `bun run test`: checks, build, every test, and one plain line of the counts at the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installRedisServer } from './support/redis-server.ts'

const PROJECT = join(import.meta.dir, '..')

async function step(title: string, command: readonly string[]): Promise<boolean> {
  console.log(`\n== ${title}: ${command.join(' ')}`)
  const child = Bun.spawn([...command], {
    cwd: PROJECT,
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
}

/** The totals of a JUnit report; zeroes when there is none. */
function readReport(path: string): Counts {
  let report = ''
  try {
    report = readFileSync(path, 'utf8')
  } catch {
    return { tests: 0, failures: 0, skipped: 0 }
  }
  const head = /<testsuites[^>]*>/.exec(report)?.[0] ?? ''
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  return { tests: count('tests'), failures: count('failures'), skipped: count('skipped') }
}

const bun = process.execPath
const folder = mkdtempSync(join(tmpdir(), 'myoserve-report-'))
const report = join(folder, 'junit.xml')

const checks = [
  await step('types', [bun, 'x', 'tsc', '-p', '.']),
  await step('style', [bun, 'x', 'biome', 'check', '--error-on-warnings', '.']),
  await step('executable', [bun, 'run', 'build']),
]
if (!(await installRedisServer()))
  console.log('\nredis-server is missing, and is installed as root on Debian only')
const ran = await step('tests', [
  bun,
  'test',
  '--timeout',
  '60000',
  '--reporter=junit',
  `--reporter-outfile=${report}`,
])
const { tests, failures, skipped } = readReport(report)
rmSync(folder, { recursive: true, force: true })

const failedChecks = checks.filter((passed) => !passed).length
// A runner that dies before it writes its report has failed, whatever was counted.
const failed = failures + failedChecks + (!ran && failures === 0 ? 1 : 0)
const passed = tests - failures - skipped + (checks.length - failedChecks)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed > 0 || tests === 0 ? 1 : 0)
