/** docs/plugins.md is run line by line, in a folder that holds only the program. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { read } from '../house/pages/read.ts'
import { cleanEnv } from '../support/cli.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { PROJECT, TARGETS } from '../support/targets.ts'

setDefaultTimeout(120_000)

interface Step {
  /** What stands behind the three backticks. */
  readonly kind: string
  readonly text: string
}

const steps: readonly Step[] = [
  ...read('docs/plugins.md').matchAll(
    /^```(sh run|sh serve|sh rest|ts file=\S+|text output)\n([\s\S]*?)^```$/gm,
  ),
].map(([, kind = '', text = '']) => ({ kind, text }))

test('the page has steps of every kind', () => {
  const count = (kind: string) => steps.filter((step) => step.kind.startsWith(kind)).length
  expect(count('sh run')).toBeGreaterThanOrEqual(8)
  expect(count('sh rest')).toBe(4)
  expect(count('ts file=')).toBe(2)
  expect(count('text output')).toBeGreaterThanOrEqual(6)
  expect(count('sh serve')).toBe(1)
})

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer | undefined
  let printed = ''
  const inside = (path: string): string => join(folder.path, path)

  beforeAll(async () => {
    folder = await temporaryFolder('myoserve-tutorial-')
    await mkdir(inside('bin'))
    await mkdir(inside('work'))
    await writeFile(
      inside('bin/myoserve'),
      `#!/bin/sh\nexec ${target.command.map((word) => `'${word}'`).join(' ')} "$@"\n`,
    )
    await chmod(inside('bin/myoserve'), 0o755)
  })
  afterAll(async () => {
    if (server) expect(await server.kill()).toBe(0)
    await folder[Symbol.asyncDispose]()
  })

  const env = () => ({
    ...cleanEnv({ MYOSERVE_DATA: inside('data') }),
    PATH: `${inside('bin')}:${process.env.PATH}`,
  })

  async function runLines(text: string): Promise<string> {
    const child = Bun.spawn(['sh', '-ec', text], {
      cwd: inside('work'),
      env: env(),
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ])
    expect([text, await child.exited, err.includes('myoserve:')]).toEqual([text, 0, false])
    return out
  }

  async function serve(text: string): Promise<string> {
    const [, , ...args] = text.trim().split(' ')
    server = await startTestServer(target, { data: inside('data'), args })
    return server.banner
  }

  async function rest(text: string): Promise<string> {
    const path = /^curl 'http:\/\/127\.0\.0\.1:8080(\S+)'\n$/.exec(text)?.[1]
    const list = (await (await fetch(`${server?.url}/api/recordings`)).json()) as {
      items: Array<{ id: string; fileName: string }>
    }
    const id = list.items.find(({ fileName }) => fileName === 'knee-extension.c3d')?.id ?? ''
    const answer = await fetch(`${server?.url}${path?.replace('/ID/', `/${id}/`)}`)
    expect([path, answer.status]).toEqual([path, 200])
    return answer.text()
  }

  const named = steps.map((step, i) => [`${i + 1}: ${step.kind}: ${step.text.split('\n')[0]}`, step] as const)
  test.each(named)('%s', async (_, { kind, text }) => {
    if (kind === 'sh run') printed = await runLines(text)
    else if (kind === 'sh serve') printed = await serve(text)
    else if (kind === 'sh rest') printed = await rest(text)
    else if (kind === 'text output') {
      for (const line of text.trimEnd().split('\n')) expect(printed).toContain(line)
    } else {
      expect(await Bun.file(inside(join('work', kind.slice('ts file='.length)))).text()).toBe(text)
    }
  })

  test('the declarations are all that an editor needs', async () => {
    const tsc = [process.execPath, join(PROJECT, 'node_modules/typescript/bin/tsc')]
    const check = async () => {
      const child = Bun.spawn([...tsc, '-p', '.'], { cwd: inside('work/crest-factor'), stdout: 'pipe' })
      const text = await new Response(child.stdout).text()
      return { text, exitCode: await child.exited }
    }
    expect(await check()).toEqual({ text: '', exitCode: 0 })
    const path = inside('work/crest-factor/metric.ts')
    const metric = await Bun.file(path).text()
    await writeFile(path, metric.replace("unit: '1'", 'unit: 1'))
    const wrong = await check()
    expect(wrong.exitCode).not.toBe(0)
    expect(wrong.text).toMatch(
      /metric\.ts\(9,3\): error TS2322: Type 'number' is not assignable to type 'string'/,
    )
  })

  test('nothing of the plugin is left in the plugins folder', async () => {
    const left = [...new Bun.Glob('**').scanSync({ cwd: inside('data/plugins'), onlyFiles: true })]
    expect(left).toEqual(['plugins.lock.json'])
  })
})
