/** Files of a drop: those of folders too, with the folders in their names. */
import type { Chosen } from './store.ts'

/** A folder of more is no folder of recordings, but a disk. */
export const MOST_FILES = 2000

/** Whether a name ends as recordings do. */
export const isRecording = (name: string, extensions: readonly string[]): boolean =>
  extensions.some((extension) => name.toLowerCase().endsWith(extension.toLowerCase()))

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** A reader hands out a hundred at a time, then none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  while (all.length < MOST_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) break
    all.push(...some)
  }
  return all.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

async function walk(
  entry: FileSystemEntry,
  path: string,
  extensions: readonly string[],
  found: Chosen[],
): Promise<void> {
  if (found.length >= MOST_FILES) return
  if (entry.isFile) {
    if (isRecording(entry.name, extensions))
      found.push({ file: await fileOf(entry as FileSystemFileEntry), path })
    return
  }
  for (const each of await entriesOf(entry as FileSystemDirectoryEntry)) {
    await walk(each, `${path}/${each.name}`, extensions, found)
  }
}

/**
 * What was dropped. A file is taken whatever it is called, since the server tells by its bytes what it is; of a folder
 * those that are called as recordings are.
 */
export async function droppedFiles(data: DataTransfer, extensions: readonly string[]): Promise<Chosen[]> {
  // Both are gone as soon as the event is over, so they are taken before anything is waited for.
  const items = [...data.items].filter(({ kind }) => kind === 'file')
  const taken = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: Chosen[] = []
  for (const { entry, file } of taken) {
    if (entry?.isDirectory) await walk(entry, entry.name, extensions, found)
    else if (file) found.push({ file, path: file.name })
  }
  return found.slice(0, MOST_FILES)
}

/** What was picked, from a folder with its folders. */
export const pickedFiles = (list: FileList, extensions: readonly string[]): Chosen[] =>
  [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ file }) => file.webkitRelativePath === '' || isRecording(file.name, extensions))
    .slice(0, MOST_FILES)
