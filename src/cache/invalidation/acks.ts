/** Confirmations: those this node waits for, and those it owes. */
import type { Ack } from './messages.ts'

/** Waits that nobody has asked after for so long are dropped: then the time alone decides. */
const FORGOTTEN_AFTER_MS = 60_000

interface Expected {
  readonly since: number
  readonly from: Set<string>
  /** Called after each confirmation. */
  heard: () => void
}

export interface ExpectedAcks {
  /** Begins to note who confirms these. Confirmations may come before anybody waits. */
  expect(ids: readonly string[]): void
  heard(ack: Ack): void
  /** Resolves when all these nodes have confirmed, or after `ms`. */
  wait(ids: readonly string[], nodes: readonly string[], ms: number): Promise<void>
  forget(ids: readonly string[]): void
}

export function createExpectedAcks(now: () => number): ExpectedAcks {
  const expected = new Map<string, Expected>()

  /** In the order of their beginning, so that the look at the first ones is enough. */
  function dropForgotten(): void {
    for (const [id, { since }] of expected) {
      if (now() - since < FORGOTTEN_AFTER_MS) return
      expected.delete(id)
    }
  }

  return {
    expect(ids) {
      dropForgotten()
      for (const id of ids) expected.set(id, { since: now(), from: new Set(), heard: () => undefined })
    },
    heard({ from, ids }) {
      for (const id of ids) {
        const each = expected.get(id)
        each?.from.add(from)
        each?.heard()
      }
    },
    wait(ids, nodes, ms) {
      const isConfirmed = (): boolean =>
        ids.every((id) => {
          const from = expected.get(id)?.from
          return nodes.every((node) => from?.has(node))
        })
      if (isConfirmed()) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, ms)
      for (const id of ids) {
        const each = expected.get(id)
        if (each) each.heard = () => isConfirmed() && resolve()
      }
      return promise.finally(() => clearTimeout(timer))
    },
    forget(ids) {
      for (const id of ids) expected.delete(id)
    },
  }
}

/** Ids in one payload: each takes some 10 bytes. */
const IDS_AT_ONCE = 300

/** Confirmations for one node, ready to be sent. */
export interface OwedAck {
  readonly to: string
  readonly ids: readonly string[]
}

export interface OwedAcks {
  /** Confirms soon, together with what else is heard at once. */
  owe(to: string, id: string): void
  clear(): void
}

/** @param send sends them all; while it does, further ones gather. It does not reject. */
export function createOwedAcks(send: (acks: readonly OwedAck[]) => Promise<void>): OwedAcks {
  let owed = new Map<string, string[]>()
  let sending = false

  async function flush(): Promise<void> {
    while (owed.size > 0) {
      const acks = [...owed].flatMap(([to, ids]) => {
        const parts: OwedAck[] = []
        for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
          parts.push({ to, ids: ids.slice(i, i + IDS_AT_ONCE) })
        }
        return parts
      })
      owed = new Map()
      await send(acks)
    }
    sending = false
  }
  return {
    owe(to, id) {
      const ids = owed.get(to)
      if (ids) ids.push(id)
      else owed.set(to, [id])
      if (sending) return
      sending = true
      queueMicrotask(flush)
    },
    clear: () => owed.clear(),
  }
}
