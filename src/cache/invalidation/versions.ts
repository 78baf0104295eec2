/** The versions of all tags, as one node knows them. */
import type { VersionList, Versions } from './messages.ts'

export interface VersionMap {
  /** 0 for a tag that was never bumped, or that is forgotten. */
  get(tag: string): number
  /** Takes newer versions in; older ones change nothing. @returns the tags whose version has changed */
  raise(versions: VersionList): string[]
  /** Forgets tags whose version is not newer than this. */
  forget(versions: Versions): void
  readonly size: number
}

export function createVersionMap(): VersionMap {
  const map = new Map<string, number>()
  return {
    get: (tag) => map.get(tag) ?? 0,
    raise(versions) {
      const raised: string[] = []
      for (const [tag, version] of versions) {
        if (version <= (map.get(tag) ?? 0)) continue
        map.set(tag, version)
        raised.push(tag)
      }
      return raised
    },
    forget(versions) {
      for (const [tag, version] of Object.entries(versions)) {
        if ((map.get(tag) ?? 0) <= version) map.delete(tag)
      }
    },
    get size() {
      return map.size
    },
  }
}
