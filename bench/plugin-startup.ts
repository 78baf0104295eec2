/**
 * What plugins from outside cost when a server starts: the executable is started with 0, 1 and 10 of them by turns, on
 * one data folder, from its call until it says that it is ready.
 *
 * `bun bench/plugin-startup.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit}`: ours with plugins,
 * peer without, medians in ms. `--rounds N` says how often (21), `--command PATH` which executable (dist/myoserve).
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dsp } from '../src/sdk.ts'
import { pinAll } from '../test/plugin/pin.ts'
import { TARGETS } from '../test/support/targets.ts'

const COUNTS = [0, 1, 10] as const

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean' }, rounds: { type: 'string' }, command: { type: 'string' } },
})
const compiled = TARGETS.find(({ name }) => name === 'compiled')
const command = flags.command === undefined ? compiled?.command : [flags.command]
if (!command || (flags.command === undefined && compiled?.missing)) throw new Error(`${compiled?.missing}`)
const rounds = Number(flags.rounds ?? 21)

const source = (name: string): string => `
import { definePlugin, route } from 'myoserve/sdk'
export default definePlugin({
  name: '${name}', version: '1.0.0', host: '^1', summary: 'For a benchmark',
  setup: () => ({ asked: 0 }),
  routes: (service) => [
    route({ method: 'get', path: '/api/plugins/${name}', summary: 's', policy: 'public', answers: {}, handle: () => service }),
  ],
})`

await using disposal = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'myoserve-bench-'))
disposal.defer(() => rm(folder, { recursive: true, force: true }))
for (const count of COUNTS) {
  const names = Array.from({ length: count }, (_, i) => `plugin-${i}`)
  const plugins = join(folder, `plugins-${count}`)
  for (const name of names) {
    await mkdir(join(plugins, name), { recursive: true })
    await writeFile(join(plugins, name, 'index.ts'), source(name))
  }
  await mkdir(plugins, { recursive: true })
  await pinAll(plugins, names)
}

/** @returns ms until it is ready */
async function start(count: number): Promise<number> {
  const begun = performance.now()
  const child = Bun.spawn(
    [
      ...(command as string[]),
      'serve',
      '--port',
      '0',
      '--data',
      join(folder, 'data'),
      '--plugins',
      join(folder, `plugins-${count}`),
    ],
    { cwd: folder, stdin: 'ignore', stdout: 'pipe', stderr: 'ignore' },
  )
  let said = ''
  let took = Number.NaN
  for await (const chunk of child.stdout) {
    said += new TextDecoder().decode(chunk)
    if (!said.includes('is ready at ')) continue
    took = performance.now() - begun
    break
  }
  child.kill('SIGTERM')
  await child.exited
  if (Number.isNaN(took)) throw new Error(`the server ended with ${child.exitCode}: ${said}`)
  return took
}

const times: Record<number, number[]> = Object.fromEntries(COUNTS.map((count) => [count, []]))
for (const count of COUNTS) await start(count)
for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < COUNTS.length; i++) {
    const count = COUNTS[(i + round) % COUNTS.length] as number
    times[count]?.push(await start(count))
  }
}
const medians = COUNTS.map((count) => dsp.median(times[count] as number[]))
const [peer = Number.NaN] = medians
const rows = COUNTS.slice(1).map((count, i) => {
  const ours = medians[i + 1] as number
  return { name: `start with ${count}`, ours, peer, ratio: peer / ours, unit: 'ms' as const }
})
if (flags.json) console.log(JSON.stringify(rows))
else {
  console.table(
    COUNTS.map((count, i) => ({
      plugins: count,
      'ms until ready': medians[i]?.toFixed(1),
      fastest: Math.min(...(times[count] as number[])).toFixed(1),
      'ms a plugin': count === 0 ? '' : (((medians[i] as number) - peer) / count).toFixed(1),
    })),
  )
}
