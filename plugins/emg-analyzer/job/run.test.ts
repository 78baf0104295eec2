import { describe, expect, test } from 'bun:test'
import { LoadTimeout, PluginFault, Problem, TaskCrash, TaskMemory, TaskTimeout } from '../../../src/sdk.ts'
import { c3dFormat } from '../../c3d-reader/c3d-format.ts'
import { createFormats } from '../../c3d-reader/formats.ts'
import { UnreadableRecording } from '../../c3d-reader/index.ts'
import { plan, registry } from '../analysis/fixtures.ts'
import { WITHOUT_CONTEXT } from '../analysis/index.ts'
import type { AnalysisJob } from './job.ts'
import { createJobRunner, withoutFailing } from './run.ts'

const workshop = { registry, formats: createFormats(c3dFormat) }
const jobs = createJobRunner(workshop, undefined)
const job: AnalysisJob = {
  path: '/nowhere',
  format: 'c3d',
  plan,
  selection: jobs.select(plan, 'c3d'),
  context: WITHOUT_CONTEXT,
  byLabels: false,
  show: { description: false, envelopes: false },
}

/** What a caller is told where a worker answers this. */
async function toldOf(run: () => Promise<unknown>): Promise<string> {
  const runner = createJobRunner(workshop, { run: <Output>() => run() as Promise<Output> })
  try {
    await withoutFailing(() => runner.run(job, () => []))
  } catch (error) {
    if (error instanceof Problem) return `${error.status} ${error.code}`
    return error instanceof UnreadableRecording ? error.code : String(error)
  }
  return 'analysed'
}

describe('an analysis that does not end by itself', () => {
  test.each([
    ['TaskTimeout', new TaskTimeout('x'), '504 ANALYSIS_TIMEOUT'],
    ['LoadTimeout', new LoadTimeout('x'), '504 ANALYSIS_TIMEOUT'],
    ['TaskMemory', new TaskMemory('x'), '503 ANALYSIS_MEMORY'],
    ['TaskCrash', new TaskCrash('x'), '503 ANALYSIS_CRASH'],
    ['RangeError', new RangeError('a fault of ours'), 'RangeError: a fault of ours'],
  ])('by %s is told by a code', async (_, error, told) => {
    expect(await toldOf(() => Promise.reject(error))).toBe(told)
  })

  test('since the file is none is told as such', async () => {
    expect(await toldOf(async () => ({ kind: 'unreadable', code: 'TORN', message: 'm' }))).toBe('TORN')
  })
})

describe('a worker of other plugins', () => {
  test('is given time to learn of those of today', async () => {
    let asked = 0
    expect(await toldOf(async () => ({ kind: asked++ < 2 ? 'other-plugins' : 'analysed' }))).toBe('analysed')
    expect(asked).toBe(3)
  })

  test('is not waited for without end', async () => {
    expect(await toldOf(async () => ({ kind: 'other-plugins' }))).toBe('503 PLUGINS_CHANGING')
  })
})

describe('plugins that fail', () => {
  test('are left out one after another', async () => {
    const seen: string[][] = []
    const answer = await withoutFailing(async (failed) => {
      seen.push([...failed.keys()])
      const next = ['a', 'b'].find((each) => !failed.has(each))
      if (next) throw new PluginFault(next, 'its code failed')
      return failed.get('b')
    })
    expect(seen).toEqual([[], ['a'], ['a', 'b']])
    expect(answer).toBe('its code failed')
  })

  test('though they were left out end it', async () => {
    const again = withoutFailing(() => Promise.reject(new PluginFault('a', 'it is everywhere')))
    await expect(again).rejects.toMatchObject({
      status: 503,
      code: 'PLUGIN_QUARANTINED',
      message: 'The analysis cannot be had: plugin a is quarantined: it is everywhere.',
    })
  })
})
