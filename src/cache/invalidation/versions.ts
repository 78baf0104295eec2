/** The versions of all tags, as one node knows them. */
import { keyOfTag } from '../validity.ts'
import type { VersionList, Versions } from './messages.ts'

export interface VersionMap {
  /** 0 for a tag that was never bumped, or that is forgotten. */
  get(tag: string): number
  /** The same of the tag of a key. */
  ofKey(key: string): number
  /** Takes newer versions in; older ones change nothing. @returns the tags whose version has changed */
  raise(versions: VersionList): string[]
  /** Forgets tags whose version is not newer than this. */
  forget(versions: Versions): void
  readonly size: number
}

export function createVersionMap(): VersionMap {
  const tags = new Map<string, number>()
  /** Those of the tags of keys, by the keys: a read has its key at hand, and making its tag costs more than to look. */
  const keys = new Map<string, number>()
  const place = (tag: string): readonly [Map<string, number>, string] => {
    const key = keyOfTag(tag)
    return key === null ? [tags, tag] : [keys, key]
  }
  const get = (tag: string): number => {
    const [map, name] = place(tag)
    return map.get(name) ?? 0
  }

  return {
    get,
    ofKey: (key) => keys.get(key) ?? 0,
    raise(versions) {
      const raised: string[] = []
      for (const [tag, version] of versions) {
        if (version <= get(tag)) continue
        const [map, name] = place(tag)
        map.set(name, version)
        raised.push(tag)
      }
      return raised
    },
    forget(versions) {
      for (const [tag, version] of Object.entries(versions)) {
        const [map, name] = place(tag)
        if (get(tag) <= version) map.delete(name)
      }
    },
    get size() {
      return tags.size + keys.size
    },
  }
}
