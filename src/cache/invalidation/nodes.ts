/** The other nodes, as this one sees them count: who stands still is removed from the list. */
import type { NodeBeat } from './statements.ts'

interface Seen {
  readonly beat: number
  readonly since: number
  /** How often it was seen at this beat. */
  times: number
}

/** Seen so often at the same beat, it does not count any more, and it is not the server that stood still. */
const TIMES = 4

export interface NodeWatch {
  /** Takes the list in. @returns those that have stood still for at least `ms` */
  observe(nodes: readonly NodeBeat[]): NodeBeat[]
}

export function createNodeWatch(self: string, ms: number, now: () => number): NodeWatch {
  let seen = new Map<string, Seen>()
  return {
    observe(nodes) {
      const still: NodeBeat[] = []
      const next = new Map<string, Seen>()
      for (const [node, beat] of nodes) {
        if (node === self) continue
        const before = seen.get(node)
        const each = before?.beat === beat ? before : { beat, since: now(), times: 0 }
        each.times++
        next.set(node, each)
        if (each.times >= TIMES && now() - each.since >= ms) still.push([node, beat])
      }
      seen = next
      return still
    },
  }
}
