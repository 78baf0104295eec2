/** Entries that wait for the database, in files of the data folder: written before an answer is sent, kept until stored. */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../http/problem.ts'
import type { AuditEntry } from './entry.ts'

/** More than this waits for no database: then what has to be recorded is refused. About 700 000 entries. */
const MOST_BYTES = 256 * 2 ** 20

/** A file is read as a whole. */
const FILE_BYTES = 4 * 2 ** 20

const FILE = /^journal-[0-9a-f-]{36}\.ndjson$/

/** Says that nothing may be done that has to be recorded. */
export const auditUnavailable = (): Problem =>
  new Problem(503, 'AUDIT_UNAVAILABLE', 'What was asked for cannot be recorded, and so is not done.', {
    headers: { 'retry-after': '5' },
  })

export interface Journal {
  /**
   * Writes one entry, by one call of the system: it outlives this process from then on.
   *
   * @throws {Problem} 503 AUDIT_UNAVAILABLE where the disk does not take it, or too many wait
   */
  append(entry: AuditEntry): void
  /** The files that are complete, the oldest first; where there is none, the one that is written to becomes it. */
  complete(): string[]
  read(file: string): { readonly entries: AuditEntry[]; readonly damaged: number }
  /** Removes a file whose entries are stored; one with damaged lines is put aside under another name. */
  done(file: string): void
  /** Has a file outlive a power cut too. */
  sync(file: string): void
  /** What waits, in bytes. */
  backlog(): number
  /** Appends that were refused since the start. */
  refused(): number
  close(): void
}

/** The calls of the system by which it writes; a test has them fail. */
export interface SystemCalls {
  openSync(path: string, flags: string, mode: number): number
  writeSync(fd: number, bytes: Uint8Array): number
  ftruncateSync(fd: number, size: number): void
}

export const SYSTEM_CALLS: SystemCalls = { openSync, writeSync, ftruncateSync }

/** The files of a journal, the oldest first. */
export const waitingFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => FILE.test(name))
        .toSorted()
    : []

/** @param folder of the journal alone, and of one process alone */
export function openJournal(
  folder: string,
  most: number = MOST_BYTES,
  calls: SystemCalls = SYSTEM_CALLS,
): Journal {
  const complete = new Map<string, number>(
    waitingFiles(folder).map((name) => [name, statSync(join(folder, name)).size]),
  )
  let active: { readonly name: string; readonly fd: number; size: number } | undefined
  let refused = 0
  const damagedFiles = new Set<string>()
  let backlog = [...complete.values()].reduce((sum, size) => sum + size, 0)

  function endFile(): void {
    if (!active || active.size === 0) return
    closeSync(active.fd)
    complete.set(active.name, active.size)
    active = undefined
  }
  function write(line: string): void {
    if (!active) {
      const name = `journal-${Bun.randomUUIDv7()}.ndjson`
      active = { name, fd: calls.openSync(join(folder, name), 'ax', 0o600), size: 0 }
    }
    const bytes = Buffer.from(line)
    try {
      const written = calls.writeSync(active.fd, bytes)
      if (written !== bytes.byteLength) throw new Error('the disk has taken a part of it')
    } catch (error) {
      // Half a line would spoil the next one.
      calls.ftruncateSync(active.fd, active.size)
      throw error
    }
    active.size += bytes.byteLength
    backlog += bytes.byteLength
    if (active.size >= FILE_BYTES) endFile()
  }

  return {
    append(entry) {
      try {
        if (backlog >= most) throw new Error('too many entries wait for the database')
        write(`${JSON.stringify(entry)}\n`)
      } catch (cause) {
        refused++
        throw Object.assign(auditUnavailable(), { cause })
      }
    },
    complete() {
      if (complete.size === 0) endFile()
      return [...complete.keys()]
    },
    read(file) {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
      const entries: AuditEntry[] = []
      for (const line of lines) {
        try {
          entries.push(JSON.parse(line) as AuditEntry)
        } catch {
          damagedFiles.add(file)
        }
      }
      return { entries, damaged: lines.length - entries.length }
    },
    done(file) {
      const path = join(folder, file)
      if (damagedFiles.delete(file)) renameSync(path, `${path}.damaged`)
      else unlinkSync(path)
      backlog -= complete.get(file) ?? 0
      complete.delete(file)
    },
    sync(file) {
      const fd = openSync(join(folder, file), 'r+')
      try {
        fdatasyncSync(fd)
      } finally {
        closeSync(fd)
      }
    },
    backlog: () => backlog,
    refused: () => refused,
    close() {
      if (active) closeSync(active.fd)
      if (active?.size === 0) unlinkSync(join(folder, active.name))
      active = undefined
    },
  }
}
