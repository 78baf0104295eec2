/** Moves a file of a watched folder out of the way, so that it is never there twice and never nowhere. */
import { link, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { DONE, FAILED } from './scan.ts'

/** Names tried before one gives up. */
const MOST_NAMES = 1000

const numbered = (path: string, n: number): string => {
  const extension = extname(path)
  return n === 1 ? path : `${path.slice(0, path.length - extension.length)} (${n})${extension}`
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** Gives the file a second name, one that is free; nothing that is there is ever replaced. */
async function linkTo(from: string, to: string): Promise<string> {
  for (let n = 1; n <= MOST_NAMES; n++) {
    const name = numbered(to, n)
    try {
      await link(from, name)
      return name
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw new Error(`${to} is there ${MOST_NAMES} times over`)
}

/** File systems without hard links, such as those of memory sticks, have a free name looked for. */
async function renameTo(from: string, to: string): Promise<string> {
  for (let n = 1; n <= MOST_NAMES; n++) {
    const name = numbered(to, n)
    if (await Bun.file(name).exists()) continue
    await rename(from, name)
    return name
  }
  throw new Error(`${to} is there ${MOST_NAMES} times over`)
}

async function move(root: string, path: string, into: string): Promise<string> {
  const from = join(root, path)
  const to = join(root, into, path)
  await mkdir(dirname(to), { recursive: true })
  try {
    const name = await linkTo(from, to)
    await syncFolder(dirname(name))
    await rm(from)
    return name
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error
    }
    return renameTo(from, to)
  }
}

/** The recording is taken in. */
export const fileAsDone = (root: string, path: string): Promise<string> => move(root, path, DONE)

/** It cannot be: why stands beside it, in `NAME.reason.txt`. */
export async function fileAsFailed(
  root: string,
  path: string,
  code: string,
  reason: string,
): Promise<string> {
  const name = await move(root, path, FAILED)
  await writeFile(`${name}.reason.txt`, `${reason} (${code})\n`)
  return name
}
