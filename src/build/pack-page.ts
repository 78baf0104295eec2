/** Packs the files of the page into the archive that the executable carries. */
import { join } from 'node:path'
import { bundlePage } from '../page/bundle.ts'
import { entriesOf, PAGE_ARCHIVE } from '../page/files.ts'

/**
 * Writes `web-page.tar`; what is in it is packed already.
 *
 * @returns its path
 */
export async function packPage(folder: string): Promise<string> {
  const out = join(folder, `${PAGE_ARCHIVE}.tar.zst`)
  await Bun.write(out, await new Bun.Archive(entriesOf(await bundlePage())).bytes())
  return out
}
