/** docs/plugins/examples.md: every plugin of the page is written, compiled, checked, added and called. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MountPanel, PanelContext } from '../../src/sdk.ts'
import { read } from '../house/pages/read.ts'
import type { TestServer } from '../support/server.ts'
import { PROJECT, TARGETS } from '../support/targets.ts'
import { fileOf, namedSteps, startWalkthrough, stepsOf, type Walkthrough } from './walkthrough.ts'

setDefaultTimeout(60_000)

const PAGE = 'docs/plugins/examples.md'
const steps = stepsOf(PAGE)
const files = steps.filter((step) => fileOf(step) !== undefined)
const calls = steps.filter((step) => !files.includes(step))

/** Folders of the plugins, in the order of the page. */
const plugins = [...new Set(files.map((step) => (fileOf(step) ?? '').split('/')[0] ?? ''))]

test('every section of the page has a plugin, a call and what it answers', () => {
  const sections = read(PAGE)
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.split('\n')[0], /^```ts file=/m.test(text), /^```text output/m.test(text)])
  expect(sections.length).toBeGreaterThanOrEqual(7)
  for (const [heading, ...parts] of sections) expect([heading, ...parts]).toEqual([heading, true, true])
})

const targets = TARGETS.filter(({ missing }) => missing === undefined)

describe.each(targets)('$name', (target) => {
  /** What is the same for both targets, and takes its time, is done once. */
  const isLast = target === targets.at(-1)

  let walk: Walkthrough
  let server: TestServer
  beforeAll(async () => {
    walk = await startWalkthrough(target)
    for (const step of files) await walk.take(step)
  })
  afterAll(() => walk[Symbol.asyncDispose]())

  async function compile(): Promise<void> {
    await walk.take({ kind: 'sh run', text: 'myoserve plugin types .' })
    const compilerOptions = { allowJs: true, checkJs: true, lib: ['ESNext', 'DOM'] }
    const panels = { extends: './tsconfig.json', compilerOptions, include: ['**/*.panel.js'] }
    await Bun.write(walk.inside('work/tsconfig.panels.json'), JSON.stringify(panels))
    const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc')
    for (const config of ['tsconfig.json', 'tsconfig.panels.json']) {
      const child = Bun.spawn([process.execPath, compiler, '-p', config], {
        cwd: walk.inside('work'),
        stdout: 'pipe',
      })
      expect([config, await new Response(child.stdout).text()]).toEqual([config, ''])
      expect([config, await child.exited]).toEqual([config, 0])
    }
  }
  if (isLast) test('they compile against the declarations, panels with those of the browser too', compile)

  test.each(plugins)('%s is checked and added', async (name) => {
    await walk.take({ kind: 'sh run', text: `myoserve plugin check ${name}` })
    await walk.take({ kind: 'text output', text: `ok  it declares ${name} 1.0.0, for plugin contract ^1\n` })
    await walk.take({ kind: 'sh run', text: `myoserve plugin add ${name}` })
  })

  test.each(isLast ? plugins : [])('%s holds the contract of plugins', async (name) => {
    const database = read(PAGE).includes(`file=${name}/migrations/`) ? ' --database' : ''
    await walk.take({ kind: 'sh run', text: `myoserve plugin test ${name}${database}` })
  })

  test('a server starts with all of them', async () => {
    server = await walk.serve(['--samples'])
    const health = (await (await fetch(`${server.url}/health`)).json()) as {
      plugins: Array<{ name: string; state: string; status: string }>
    }
    const states = health.plugins.filter(({ name }) => plugins.includes(name))
    expect(states.map(({ state, status }) => `${state} ${status}`)).toEqual(plugins.map(() => 'running ok'))
  })

  test.each(namedSteps(calls))('%s', async (_, step) => {
    await walk.take(step)
  })

  test('a recording of the format that a plugin adds is stored and analysed as any other', async () => {
    const sine = Array.from({ length: 4000 }, (_, i) =>
      (100 * Math.sin(i) * (i % 2000 < 1000 ? 1 : 0.01)).toFixed(4),
    )
    const answer = await fetch(`${server.url}/api/recordings?fileName=sine.csv`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: `#EMG-CSV 1000 Hz uV\nR VL\n${sine.join('\n')}\n`,
    })
    expect(answer.status).toBe(201)
    const { id, format } = (await answer.json()) as { id: string; format: string }
    expect(format).toBe('emg-csv')
    const analysis = await (await fetch(`${server.url}/api/recordings/${id}/analysis?preset=lab`)).json()
    expect(analysis).toMatchObject({
      channels: [
        { name: 'R VL 1', muscle: 'vastus lateralis', unit: 'uV', thresholds: { level: expect.any(Number) } },
      ],
    })
  })

  test('the panel, loaded as the page loads it, fills its element', async () => {
    const ask = async <T>(path: string): Promise<T> => (await (await fetch(server.url + path)).json()) as T
    const { items } = await ask<{ items: Array<{ url: string }> }>('/api/system/panels?place=session')
    const file = walk.inside('loaded.mjs')
    await Bun.write(file, await (await fetch(`${server.url}${items[0]?.url}`)).text())
    const { default: mount } = (await import(pathToFileURL(file).href)) as { default: MountPanel }
    const recordings = await ask<{ items: Array<{ id: string; fileName: string }> }>('/api/recordings')
    const context: PanelContext = {
      place: 'session',
      sessionId: null,
      patientCode: null,
      recordingId: recordings.items.find(({ fileName }) => fileName === 'knee-extension.c3d')?.id ?? null,
      language: 'en',
      theme: 'light',
      signal: new AbortController().signal,
      fetchJson: ask,
    }
    const element = { textContent: '' }
    await mount(element as never, context)
    expect(element.textContent).toMatch(/^R VL: [1-9]/)
  })
})
