/** docs/plugins.md is run line by line, in a folder that holds only the program. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT, TARGETS } from '../support/targets.ts'
import { fileOf, namedSteps, startWalkthrough, stepsOf, type Walkthrough } from './walkthrough.ts'

setDefaultTimeout(120_000)

const steps = stepsOf('docs/plugins.md')

test('the page has steps of every kind', () => {
  const count = (kind: string) => steps.filter((step) => step.kind.startsWith(kind)).length
  expect(count('sh run')).toBeGreaterThanOrEqual(8)
  expect(count('sh rest')).toBe(4)
  expect(count('ts file=')).toBe(2)
  expect(count('text output')).toBeGreaterThanOrEqual(6)
  expect(count('sh serve')).toBe(1)
})

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let walk: Walkthrough
  beforeAll(async () => {
    walk = await startWalkthrough(target)
  })
  afterAll(() => walk[Symbol.asyncDispose]())

  test.each(namedSteps(steps))('%s', async (_, step) => {
    const path = fileOf(step)
    if (path === undefined) await walk.take(step)
    // `myoserve plugin new` has made it already, as the page shows it.
    else expect(await Bun.file(walk.inside(join('work', path))).text()).toBe(step.text)
  })

  test('the declarations are all that an editor needs', async () => {
    const tsc = [process.execPath, join(PROJECT, 'node_modules/typescript/bin/tsc')]
    const check = async () => {
      const child = Bun.spawn([...tsc, '-p', '.'], { cwd: walk.inside('work/crest-factor'), stdout: 'pipe' })
      const text = await new Response(child.stdout).text()
      return { text, exitCode: await child.exited }
    }
    expect(await check()).toEqual({ text: '', exitCode: 0 })
    const path = walk.inside('work/crest-factor/metric.ts')
    const metric = await Bun.file(path).text()
    await writeFile(path, metric.replace("unit: '1'", 'unit: 1'))
    const wrong = await check()
    expect(wrong.exitCode).not.toBe(0)
    expect(wrong.text).toMatch(
      /metric\.ts\(9,3\): error TS2322: Type 'number' is not assignable to type 'string'/,
    )
  })

  test('nothing of the plugin is left in the plugins folder', async () => {
    const left = [...new Bun.Glob('**').scanSync({ cwd: walk.inside('data/plugins'), onlyFiles: true })]
    expect(left).toEqual(['plugins.lock.json'])
  })
})
