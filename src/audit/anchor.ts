/** The newest place of the chain, kept outside the database: whoever cuts the end off there does not cut it off here. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import { EXIT, Failure } from '../exit.ts'
import { chainAfter, entryAt } from './statements.ts'

const Anchor = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/** A place of the chain, and what must stand there for ever. */
export type Anchor = v.InferOutput<typeof Anchor>

const FILE = 'head.json'

/** Where the anchor of a node stands, in the folder of its journal. */
export const anchorFile = (folder: string): string => join(folder, FILE)

/** @returns undefined where there is none yet @throws {Failure} 65 where it is none */
export async function readAnchor(folder: string): Promise<Anchor | undefined> {
  const text = await readFile(anchorFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return v.parse(Anchor, JSON.parse(text))
  } catch (cause) {
    throw new Failure(
      EXIT.badData,
      `${anchorFile(folder)} is no anchor of the audit log; note why, and remove it`,
      { cause },
    )
  }
}

/** In one step, so that there is always a whole one. */
export async function writeAnchor(folder: string, { seq, hash }: Anchor): Promise<void> {
  const path = anchorFile(folder)
  await writeFile(`${path}.new`, `${JSON.stringify({ seq, hash })}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}

/** What is wrong with the chain at a place that is known from elsewhere, in one sentence; undefined where nothing is. */
export async function anchorBreak(db: Database, { seq, hash }: Anchor): Promise<string | undefined> {
  const found = await entryAt(db, seq)
  if (found?.hash === hash) return undefined
  if (found) return `Entry ${seq} is not the one that was sealed: its hash was ${hash} and is ${found.hash}.`
  const [first] = await chainAfter(db, 0, 1)
  // What retention has removed says so itself.
  if (first && first.seq > seq) return undefined
  return `The end of the log is cut off: entry ${seq} was sealed, and is not there.`
}
