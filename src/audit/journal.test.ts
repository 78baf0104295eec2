import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditEntry } from './entry.ts'
import { openJournal, SYSTEM_CALLS } from './journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'myoserve-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const entry = (id: string) => ({ id, actor: 'open' }) as AuditEntry
const idsOf = (journal: ReturnType<typeof openJournal>) =>
  journal.complete().flatMap((file) => journal.read(file).entries.map(({ id }) => id))

describe('a journal', () => {
  test('gives what was appended, and another process what this one has left', () => {
    openJournal(folder).append(entry('a'))
    const left = openJournal(folder)
    left.append(entry('b'))
    expect(left.backlog()).toBeGreaterThan(0)
    expect(idsOf(left)).toEqual(['a'])
    for (const file of left.complete()) left.done(file)
    expect(idsOf(left)).toEqual(['b'])
    for (const file of left.complete()) left.done(file)
    expect([left.backlog(), readdirSync(folder)]).toEqual([0, []])
  })

  test('is its user’s alone', () => {
    openJournal(folder).append(entry('a'))
    const [name = ''] = readdirSync(folder)
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  })

  test('takes a line back of which the disk has taken a part, and goes on behind the one before', () => {
    let room = Number.POSITIVE_INFINITY
    const journal = openJournal(folder, undefined, {
      ...SYSTEM_CALLS,
      writeSync: (fd, bytes) => SYSTEM_CALLS.writeSync(fd, bytes.subarray(0, room)),
    })
    journal.append(entry('a'))
    room = 5
    expect(() => journal.append(entry('b'))).toThrow('cannot be recorded')
    room = Number.POSITIVE_INFINITY
    journal.append(entry('c'))
    expect([idsOf(journal), journal.refused()]).toEqual([['a', 'c'], 1])
  })

  test('refuses what is more than it holds, and takes more when that is stored', () => {
    const journal = openJournal(folder, 50)
    journal.append(entry('a'))
    journal.append(entry('b'))
    expect(() => journal.append(entry('c'))).toThrow('cannot be recorded')
    for (const file of journal.complete()) journal.done(file)
    journal.append(entry('c'))
    expect(idsOf(journal)).toEqual(['c'])
  })

  test('parts a long backlog into files that can each be read as a whole', () => {
    const journal = openJournal(folder)
    const id = 'x'.repeat(1_000_000)
    for (let i = 0; i < 9; i++) journal.append(entry(id))
    expect(journal.complete()).toHaveLength(1)
    expect(readdirSync(folder)).toHaveLength(2)
  })

  test('puts a file aside of which a line was torn, once the others are stored', () => {
    openJournal(folder).append(entry('a'))
    appendFileSync(join(folder, readdirSync(folder)[0] ?? ''), '{"id":"b')
    const journal = openJournal(folder)
    const [file = ''] = journal.complete()
    expect(journal.read(file)).toEqual({ entries: [entry('a')], damaged: 1 })
    journal.done(file)
    expect(readdirSync(folder)).toEqual([`${file}.damaged`])
    expect(openJournal(folder).backlog()).toBe(0)
  })
})
