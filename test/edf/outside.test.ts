/** The plugin itself, under other names, from outside: it uses nothing that only a built-in one could. */
import { expect, setDefaultTimeout, test } from 'bun:test'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/server.ts'
import { PROJECT, TARGETS } from '../support/targets.ts'
import { small } from './support.ts'

setDefaultTimeout(60_000)

const PLUGIN = join(PROJECT, 'plugins/edf-reader')

/** What a plugin from outside writes in place of what this one does, and names that are not taken. */
const REWRITTEN: ReadonlyArray<readonly [RegExp, string]> = [
  [/'(?:\.\.\/)+src\/sdk\.ts'/g, "'myoserve/sdk'"],
  [/'(?:\.\.\/)+c3d-reader\/index\.ts'/g, "'myoserve/plugins/c3d-reader'"],
  [/'edf-reader'/g, "'edf-outside'"],
  [/'edf'/g, "'edf-outside'"],
  [/'bdf'/g, "'bdf-outside'"],
  [/'0 {7}'/g, "'1       '"],
  [/'\\xffBIOSEMI'/g, "'\\xfeBIOSEMI'"],
]

test.each(TARGETS.filter(({ missing }) => missing === undefined))(
  '$name takes it, and reads its files beside the others',
  async (target) => {
    await using folder = await temporaryFolder()
    const copy = join(folder.path, 'edf-outside')
    for (const path of new Bun.Glob('**/*.ts').scanSync(PLUGIN)) {
      if (path.endsWith('.test.ts')) continue
      const source = await Bun.file(join(PLUGIN, path)).text()
      await mkdir(dirname(join(copy, path)), { recursive: true })
      await Bun.write(
        join(copy, path),
        REWRITTEN.reduce((text, [from, to]) => text.replace(from, to), source),
      )
    }
    const env = { MYOSERVE_DATA: join(folder.path, 'data') }
    const run = (...args: string[]) => runCli(target, args, { cwd: folder.path, env })
    const added = await run('plugin', 'add', 'edf-outside')
    expect([added.stderr, added.exitCode]).toEqual(['', 0])
    const bytes = small()
    await Bun.write(join(folder.path, 'built-in.edf'), bytes)
    await Bun.write(join(folder.path, 'outside.edf'), bytes.with(0, 0x31))
    const inside = await run('inspect', '--json', '--stats', 'built-in.edf')
    const outside = await run('inspect', '--json', '--stats', 'outside.edf')
    expect([inside.exitCode, outside.stderr, outside.exitCode]).toEqual([0, '', 0])
    expect(JSON.parse(outside.stdout)).toEqual(JSON.parse(inside.stdout))
    // Without it, nothing reads them.
    const without = await runCli(target, ['inspect', 'outside.edf'], { cwd: folder.path })
    expect(without.exitCode).toBe(65)
  },
)
