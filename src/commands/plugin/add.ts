/** `myoserve plugin add FILE|DIR`: a plugin into the plugins folder, pinned as it is. */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import { fingerprint } from '../../plugin/external/fingerprint.ts'
import { type Pin, readPins, writePins } from '../../plugin/external/lock.ts'
import { notePassed } from '../../plugin/external/trial.ts'
import type { Action } from '../actions.ts'
import type { Examined } from './examine.ts'
import { examinePlugin } from './examine-in-worker.ts'

/** Copies the files of a plugin to `target`; what was there goes when all is copied. */
async function install(examined: Examined, folder: string, target: string, former?: Pin): Promise<void> {
  const { path, print } = examined
  const partial = join(folder, `.adding-${process.pid}-${basename(target)}`)
  try {
    await rm(partial, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const file of print.folder ? print.files : []) {
      await mkdir(dirname(join(partial, file)), { recursive: true })
      await copyFile(join(path, file), join(partial, file))
    }
    if (!print.folder) await copyFile(path, partial)
    if (former) await rm(join(folder, former.path), { recursive: true, force: true })
    await rm(target, { recursive: true, force: true })
    await rename(partial, target)
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw new Failure(EXIT.cannotWrite, `cannot copy ${path} to ${target}: ${messageOf(cause)}`, { cause })
  }
}

export const addPlugin: Action = async (program, { args: [source = ''], terminal }) => {
  const { pluginsFolder: folder } = program
  const pins = await readPins(folder)
  const examined = await examinePlugin(source, program)
  const { name, version, print, path } = examined
  // What stands in the plugins folder already is pinned where it is.
  const inPlace = dirname(path) === folder
  const target = inPlace ? path : join(folder, print.folder ? name : `${name}${extname(path)}`)
  if (!inPlace) await install(examined, folder, target, pins[name])
  const { hash } = await fingerprint(target, true)
  if (hash !== print.hash) {
    throw new Failure(EXIT.badData, `${source} was changed while it was added; add it again`)
  }
  const after = { ...pins, [name]: { version, path: basename(target), hash, enabled: true } }
  await writePins(folder, after)
  // It was set up with nothing set.
  await notePassed(folder, after, [name], () => '')
  terminal.out(
    `added ${name} ${version} to ${folder}, pinned by ${hash.slice(0, 19)}…; a server that runs loads it by itself\n`,
  )
  return EXIT.ok
}
