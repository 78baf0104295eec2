/** Holds the rows of recordings against the stored bytes, both ways. */
import type { BlobShelf, Database, Examination, Finding, ShelvedFile } from '../../../src/sdk.ts'
import { recordings } from './tables.ts'

/** Named one by one; the rest is counted. */
const MOST_NAMED = 20

/** An upload is stored before its row is there, which takes no longer than this. */
const UNDER_WAY_MS = 60_000
const LOOK_AGAIN_MS = 2000

type Row = Pick<typeof recordings.$inferSelect, 'id' | 'sha256' | 'size'>

const rowsOf = (db: Database): Promise<Row[]> =>
  db.select({ id: recordings.id, sha256: recordings.sha256, size: recordings.size }).from(recordings)

/** Findings of many, or the one that all is well. */
function listed(found: readonly Finding[], well: string): Finding[] {
  if (found.length === 0) return [{ level: 'ok', sentence: well }]
  const named = found.slice(0, MOST_NAMED)
  const more = found.length - named.length
  const [{ level }] = found as [Finding]
  return more > 0
    ? [...named, { level, sentence: `${more} more are as the ${MOST_NAMED} before.` }]
    : [...named]
}

/** That the bytes of each recording are there, and no fewer or more than came. */
const rowsHaveBlobs: Examination = {
  name: 'recordings-have-bytes',
  async examine({ db, blobs }) {
    const rows = await rowsOf(db)
    const found: Finding[] = []
    for (const { id, sha256, size } of rows) {
      const stored = await blobs.size(sha256)
      if (stored === size) continue
      found.push({
        level: 'fault',
        sentence:
          stored === undefined
            ? `The bytes of recording ${id} are not there: recordings/${sha256.slice(0, 2)}/${sha256}.`
            : `Of recording ${id}, ${stored} bytes are there, and ${size} came.`,
        help: 'curl --data-binary @FILE http://127.0.0.1:8080/api/recordings',
      })
    }
    return listed(found, `The bytes of all ${rows.length} recordings are there.`)
  },
}

async function strays(db: Database, blobs: BlobShelf): Promise<ShelvedFile[]> {
  const files: ShelvedFile[] = []
  for await (const file of blobs.files()) files.push(file)
  // Only now: a row that comes meanwhile has its bytes among them already.
  const known = new Set((await rowsOf(db)).map(({ sha256 }) => sha256))
  return files.filter(({ sha256 }) => sha256 === null || !known.has(sha256))
}

/** That no file stands among the recordings that is none. */
const blobsHaveRows: Examination = {
  name: 'bytes-have-recordings',
  async examine({ db, blobs, now }) {
    let found = await strays(db, blobs)
    if (found.some(({ modifiedMs }) => now() - modifiedMs < UNDER_WAY_MS)) {
      await Bun.sleep(LOOK_AGAIN_MS)
      const before = new Set(found.map(({ path }) => path))
      found = (await strays(db, blobs)).filter(({ path }) => before.has(path))
    }
    return listed(
      found.map(({ path, sha256, size }) => ({
        level: 'warning',
        sentence:
          sha256 === null
            ? `recordings/${path} is no recording.`
            : `recordings/${path}, of ${size} bytes, belongs to no recording: its upload was never acknowledged, or it is of another database.`,
      })),
      'Every stored file belongs to a recording.',
    )
  },
}

/** That stored bytes are what they were. */
const blobsAreWhole: Examination = {
  name: 'bytes-are-unchanged',
  async examine({ blobs, deep, progress }) {
    if (!deep) return []
    const found: Finding[] = []
    let count = 0
    for await (const { path, sha256 } of blobs.files()) {
      if (sha256 === null) continue
      progress(`${++count} recordings read`)
      if ((await blobs.hash(path)) === sha256) continue
      found.push({
        level: 'fault',
        sentence: `recordings/${path} is not what was stored: its bytes have another hash.`,
        help: `rm recordings/${path}, then upload the file once more`,
      })
    }
    return listed(found, `The bytes of all ${count} stored files are what they were.`)
  },
}

/** What `myoserve doctor` examines of recordings. */
export const recordingExaminations: readonly Examination[] = [rowsHaveBlobs, blobsHaveRows, blobsAreWhole]
