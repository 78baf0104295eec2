/** Tells files that are whole from those that somebody still writes. */
import type { SeenFile } from './scan.ts'

export interface Settling {
  /**
   * Those that have not changed for the time it takes.
   *
   * @param now ms
   */
  settled(files: readonly SeenFile[], now: number): SeenFile[]
}

const isSame = (a: SeenFile, b: SeenFile): boolean => a.size === b.size && a.modifiedMs === b.modifiedMs

/** @param settleMs for how long size and time of change have to stay the same; an empty file is never whole */
export function createSettling(settleMs: number): Settling {
  let known = new Map<string, { readonly file: SeenFile; readonly since: number }>()
  return {
    settled(files, now) {
      const next: typeof known = new Map()
      for (const file of files) {
        const before = known.get(file.path)
        next.set(file.path, before && isSame(before.file, file) ? before : { file, since: now })
      }
      known = next
      return files.filter(({ path, size }) => size > 0 && now - (known.get(path)?.since ?? now) >= settleMs)
    },
  }
}
