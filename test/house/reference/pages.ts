/** The pages of the reference: one for each module that plugin authors may import, but for the SDK, which has three. */
import { builtInPlugins } from '../../../src/built-in.ts'
import { type Declared, headerOf } from './declared.ts'

export const FOLDER = 'docs/plugins/reference'

/** One page: some names of one module. */
export interface Page {
  readonly file: string
  readonly module: string
  readonly title: string
  readonly intro: string
  takes(name: string, declared: Declared): boolean
}

export const PLUGINS: readonly string[] = builtInPlugins.map(({ name }) => name)

const isC3d = ({ file }: Declared): boolean => file.startsWith('src/c3d/')

const SDK: readonly Page[] = [
  {
    file: 'sdk',
    module: 'myoserve/sdk',
    title: 'myoserve/sdk',
    intro:
      'What a plugin is made of. The kernels under `dsp` are in [dsp.md](dsp.md), the C3D codec in [c3d.md](c3d.md).',
    takes: (name, declared) => !name.startsWith('dsp') && !isC3d(declared),
  },
  {
    file: 'dsp',
    module: 'myoserve/sdk',
    title: 'dsp of myoserve/sdk',
    intro: `${headerOf('src/dsp/index.ts')} \`import { dsp } from 'myoserve/sdk'\`. None changes what it is given, unless it says so.`,
    takes: (name) => name.startsWith('dsp.'),
  },
  {
    file: 'c3d',
    module: 'myoserve/sdk',
    title: 'C3D in myoserve/sdk',
    intro:
      'Reads and writes C3D files. [docs/c3d.md](../../c3d.md) lists every refusal and every accepted oddity.',
    takes: (_, declared) => isC3d(declared),
  },
]

const whole = (file: string, module: string, intro: string): Page => ({
  file,
  module,
  title: module,
  intro,
  takes: () => true,
})

export const ALL: readonly Page[] = [
  ...SDK,
  whole('test', 'myoserve/test', 'For tests alone: `myoserve plugin test` runs them.'),
  ...PLUGINS.map((name) => whole(name, `myoserve/plugins/${name}`, headerOf(`plugins/${name}/index.ts`))),
]

/** Headings of the SDK, with where what stands below them is declared, in this order. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'The plugin': ['src/plugin/define.ts', 'src/plugin/'],
  Routes: ['src/http/route.ts', 'src/http/problem.ts', 'src/http/'],
  'The cache': ['src/cache/namespace.ts', 'src/cache/cache.ts', 'src/cache/'],
  'Jobs and events': ['src/jobs/'],
  Workers: ['src/workers/'],
  Settings: ['src/config/'],
  'The database': ['src/database/'],
  Files: ['src/storage/'],
  Panels: ['src/plugin/panel.ts'],
  'Logs, health, metrics': ['src/observe/'],
  'Commands and the terminal': ['src/terminal/command.ts', 'src/terminal/'],
  'Errors and time': ['src/'],
}

/**
 * The longest prefix decides on the heading, and on the place below it.
 *
 * @throws {Error} when there is none
 */
export function groupOf({ file }: Declared): { readonly heading: string; readonly rank: number } {
  const fits = Object.entries(GROUPS).flatMap(([heading, prefixes]) =>
    prefixes.flatMap((prefix, rank) => (file.startsWith(prefix) ? [{ heading, rank, prefix }] : [])),
  )
  const [best] = fits.sort((a, b) => b.prefix.length - a.prefix.length)
  if (!best) throw new Error(`${file} has no place on the page`)
  return best
}
