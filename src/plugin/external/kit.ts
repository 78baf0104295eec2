/** The kit for plugin authors: carried by the executable, or made from source. */
import { basename } from 'node:path'
import type { KitPart } from '../../build/pack-kit.ts'

/** Whether this process is the executable, which finds no source beside it. */
export const isCompiled = (): boolean => Bun.embeddedFiles.length > 0

/** Unpacks one part into a folder, over what is there. */
export async function unpackKit(part: KitPart, folder: string): Promise<void> {
  // The bundler puts a hash of the content before the last dot.
  const embedded = Bun.embeddedFiles.find((file) => basename((file as File).name).startsWith(`kit-${part}.`))
  const tar = embedded
    ? await Bun.zstdDecompress(await embedded.bytes())
    : await (await import('../../build/pack-kit.ts')).kitArchive(part)
  await new Bun.Archive(tar).extract(folder)
}
