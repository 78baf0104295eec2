/** Verifies the whole chain: that nothing of it was edited, removed, put elsewhere or cut off. */
import type { Database } from '../database/connection.ts'
import { type Anchor, anchorBreak } from './anchor.ts'
import type { SealedEntry } from './entry.ts'
import { entryHash, GENESIS } from './hash.ts'
import { PRUNE } from './prune.ts'
import { chainAfter, guardsAtWork, unsealedEntries } from './statements.ts'

/** Entries in memory at once. */
const PAGE = 2000

/** More breaks than this say no more than these. */
const MOST_BREAKS = 20

/** Sealing takes a second at most; what waits longer is said. */
const LONGEST_UNSEALED_MS = 10_000

/** How long it is waited for what a server seals that has just come back. */
const SECOND_LOOK_MS = 1500

/** Both triggers of the table. */
const GUARDS = 2

/** What was found. */
export interface Verification {
  /** Entries whose hashes were computed anew. */
  readonly entries: number
  /** Places of the first and the last one; null in an empty log. */
  readonly first: number | null
  readonly last: number | null
  /** Hash of the last one. */
  readonly head: string | null
  /** What is wrong, a sentence each, the first twenty; none where the chain is whole. */
  readonly breaks: readonly string[]
}

/** One pass over the chain, entry by entry. */
interface Walk {
  /** The entry before. */
  readonly last: SealedEntry | null
  readonly first: SealedEntry | null
  readonly entries: number
  /** Where prunings say that the chain begins: hashes by places. */
  readonly pruned: Map<number, string>
}

const describe = ({ seq, id }: SealedEntry): string => `Entry ${seq} (${id})`

/** What is wrong with an entry behind another, or behind none. */
function* breaksOf(entry: SealedEntry, last: SealedEntry | null): Generator<string> {
  const { hash, ...content } = entry
  if (last && entry.seq !== last.seq + 1) {
    const missing = entry.seq - last.seq - 1
    yield missing === 1
      ? `Entry ${last.seq + 1} is missing.`
      : `${missing} entries are missing: ${last.seq + 1} to ${entry.seq - 1}.`
  } else if (last && entry.previous !== last.hash) {
    yield `${describe(entry)} does not follow entry ${last.seq}: it names another hash.`
  }
  if (entryHash(content) !== hash)
    yield `${describe(entry)} was changed: its hash is not that of what it says.`
}

function notePruning({ action, outcome, records }: SealedEntry, pruned: Map<number, string>): void {
  if (action !== PRUNE || outcome !== 'done') return
  const idOf = (kind: string) => records.find((each) => each.kind === kind)?.id
  const [seq, hash] = [Number(idOf('audit-seq')), idOf('audit-hash')]
  if (Number.isInteger(seq) && hash !== undefined) pruned.set(seq, hash)
}

/** What is wrong with the beginning. */
function beginningBreak({ first, pruned }: Walk): string | undefined {
  if (!first) return undefined
  const { seq, previous } = first
  if (seq === 1) return previous === GENESIS ? undefined : 'Entry 1 is not the first: it follows another one.'
  const said = pruned.get(seq - 1)
  if (said === undefined) return `Entries 1 to ${seq - 1} are missing, and no pruning says so.`
  return said === previous ? undefined : `Entry ${seq} does not follow what the pruning before it names.`
}

async function walkChain(
  tx: Database,
  found: (sentence: string) => void,
  progress: (entries: number) => void,
) {
  let walk: Walk = { last: null, first: null, entries: 0, pruned: new Map() }
  for (;;) {
    const page = await chainAfter(tx, walk.last?.seq ?? 0, PAGE)
    let { last } = walk
    for (const entry of page) {
      for (const sentence of breaksOf(entry, last)) found(sentence)
      notePruning(entry, walk.pruned)
      last = entry
    }
    walk = { ...walk, last, first: walk.first ?? page[0] ?? null, entries: walk.entries + page.length }
    progress(walk.entries)
    if (page.length < PAGE) return walk
  }
}

async function unsealedBreak(db: Database, now: () => number): Promise<string | undefined> {
  const look = async () => {
    const [oldest] = await unsealedEntries(db, 1)
    return oldest && now() - Date.parse(oldest.at) > LONGEST_UNSEALED_MS ? oldest : undefined
  }
  if (!(await look())) return undefined
  await Bun.sleep(SECOND_LOOK_MS)
  const oldest = await look()
  return oldest && `Entry ${oldest.id} of ${oldest.at} and all since are not sealed: no server has done it.`
}

/**
 * Verifies the chain as it stands at this moment; entries may be added meanwhile.
 *
 * @param anchors places that are known from elsewhere: of this node's data folder, of a log
 * @param progress told how many entries were verified so far
 */
export async function verifyChain(
  db: Database,
  {
    anchors,
    now = Date.now,
    progress = () => undefined,
  }: {
    readonly anchors: readonly Anchor[]
    readonly now?: () => number
    readonly progress?: (entries: number) => void
  },
): Promise<Verification> {
  const breaks: string[] = []
  const found = (sentence: string | undefined): void => {
    if (sentence !== undefined && breaks.length < MOST_BREAKS) breaks.push(sentence)
  }
  const walk = await db.transaction(
    async (transaction) => {
      const tx = transaction as unknown as Database
      const walked = await walkChain(tx, found, progress)
      const beginning = beginningBreak(walked)
      if (beginning !== undefined) breaks.unshift(beginning)
      for (const anchor of anchors) found(await anchorBreak(tx, anchor))
      if ((await guardsAtWork(tx)) < GUARDS)
        found('The triggers that keep the log append-only are not at work.')
      return walked
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  found(await unsealedBreak(db, now))
  const { entries, first, last } = walk
  return { entries, first: first?.seq ?? null, last: last?.seq ?? null, head: last?.hash ?? null, breaks }
}
