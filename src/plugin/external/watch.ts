/** Tells when the content of a folder may have changed. */
import { type FSWatcher, watch } from 'node:fs'

/** Files are replaced in several steps: what follows within this is one change. */
const DEBOUNCE_MS = 100

/** Where the system tells nothing, as on network drives or before there is a folder, a look this often does. */
const POLL_MS = 2000

/** @returns a function that ends it */
export function watchFolder(folder: string, look: () => void): () => void {
  let watcher: FSWatcher | undefined
  let soon: ReturnType<typeof setTimeout> | undefined

  /** A folder that is made, or is another one by now, is watched from here on. */
  function attach(): void {
    watcher?.close()
    try {
      watcher = watch(folder, { persistent: false }, () => {
        clearTimeout(soon)
        soon = setTimeout(look, DEBOUNCE_MS)
      })
      // What goes wrong from here on is made good by the next look.
      watcher.on('error', () => undefined)
    } catch {
      watcher = undefined
    }
  }

  attach()
  const poll = setInterval(() => {
    attach()
    look()
  }, POLL_MS)
  poll.unref()
  return () => {
    clearTimeout(soon)
    clearInterval(poll)
    watcher?.close()
  }
}
