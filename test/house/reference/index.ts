/** The reference for plugin authors, from the declarations that the executable gives them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kitArchive } from '../../../src/build/pack-kit.ts'
import { TSCONFIG } from '../../../src/commands/plugin/template.ts'
import { type Kit, readDeclarations } from './declared.ts'
import { PLUGINS } from './pages.ts'
import { render } from './render.ts'

/** Pages of the reference by their paths in the project, and what they are made of. */
export async function referencePages(): Promise<{ readonly pages: Map<string, string>; readonly kit: Kit }> {
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-reference-'))
  try {
    await new Bun.Archive(await kitArchive('types')).extract(join(folder, '.myoserve'))
    await Bun.write(join(folder, 'tsconfig.json'), TSCONFIG)
    const kit = await readDeclarations(folder, {
      'myoserve/sdk': 'src/sdk.d.ts',
      'myoserve/test': 'src/test-kit.d.ts',
      ...Object.fromEntries(
        PLUGINS.map((name) => [`myoserve/plugins/${name}`, `plugins/${name}/index.d.ts`]),
      ),
    })
    return { pages: await render(kit), kit }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
