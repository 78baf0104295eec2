/** Plugins folders for tests: sources are written, added by the product's own command, and spoiled. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Finished, runCli } from '../support/cli.ts'
import type { Target } from '../support/targets.ts'

/** Source of a plugin that does nothing, but for the parts that are given as source. */
export const source = (name: string, parts = '', before = ''): string => `
import { definePlugin, dsp, namespace, route } from 'myoserve/sdk'
import * as v from 'valibot'
${before}
export default definePlugin({
  name: '${name}', version: '1.0.0', host: '^1', summary: 'For a test',
  setup: () => ({ rms: dsp.rms(new Float64Array([3, 4])) }),
  ${parts}
})
`

export interface PluginsFolder extends AsyncDisposable {
  /** A folder for sources, with the plugins folder in it. */
  readonly root: string
  readonly plugins: string
  /** Writes a file below the root, and answers its path. */
  write(path: string, text: string): Promise<string>
  /** Runs the product on this plugins folder. */
  run(...args: string[]): Promise<Finished>
  /** How the plugins stand, by their names. */
  states(): Promise<Record<string, { state: string; reason?: string; version: string }>>
}

export async function pluginsFolder(target: Target): Promise<PluginsFolder> {
  const root = await mkdtemp(join(tmpdir(), 'myoserve-plugins-'))
  const plugins = join(root, 'plugins')
  const run = (...args: string[]) =>
    runCli(target, args, {
      cwd: root,
      env: {
        MYOSERVE_PLUGINS: plugins,
        LOG_LEVEL: 'silent',
        PLUGIN_TIME_LIMIT: '2s',
        WORKER_MEMORY: '512MiB',
      },
    })
  return {
    root,
    plugins,
    run,
    async write(path, text) {
      const file = join(root, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
      return file
    },
    async states() {
      const { stdout, stderr } = await run('plugin', 'list', '--json')
      if (!stdout) throw new Error(stderr)
      const states = JSON.parse(stdout) as Array<{ name: string; state: string; version: string }>
      return Object.fromEntries(states.map((state) => [state.name, state]))
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
