import { expect, test } from 'bun:test'
import type { StoredEdit } from '../../../api/shapes.ts'
import { afterEdit, afterRedo, afterUndo, EMPTY_STACK, historyOf, nextRedo, nextUndo } from './stack.ts'

const stored = (id: string, changes: Partial<StoredEdit> = {}): StoredEdit => ({
  id,
  edit: { kind: 'remove', channel: 0, atMs: Number(id) * 1000 },
  revokes: null,
  inForce: true,
  reason: null,
  author: null,
  createdAt: '2026-01-01T00:00:00Z',
  ...changes,
})
const removal = (n: number) => ({
  edit: { kind: 'remove', channel: 0, atMs: n * 1000 } as const,
  reason: `reason ${n}`,
})

test('Undo takes back the last edit of this visit, and nobody else’s', () => {
  const history = [stored('1'), stored('2'), stored('3')]
  expect(nextUndo(history, EMPTY_STACK)).toBeUndefined()
  const stack = afterEdit(afterEdit(EMPTY_STACK, '1'), '2')
  expect(nextUndo(history, stack)?.id).toBe('2')
  expect(nextUndo([stored('1'), stored('2', { inForce: false })], stack)?.id).toBe('1')
})

test('Redo makes anew what was undone last, until something else is done', () => {
  const made = afterEdit(afterEdit(EMPTY_STACK, '1'), '2')
  const undone = afterUndo(afterUndo(made, '2', removal(2)), '1', removal(1))
  expect(nextRedo(undone)).toEqual(removal(1))
  const redone = afterRedo(undone, '3')
  expect([redone.made, nextRedo(redone)]).toEqual([['3'], removal(2)])
  expect(nextRedo(afterEdit(redone, '4'))).toBeUndefined()
})

test('the history stands the latest first, each edit with what undid it', () => {
  const undoing = stored('3', { edit: null, revokes: '1', inForce: false, author: 'B' })
  const entries = historyOf([stored('1', { inForce: false }), stored('2'), undoing])
  expect(entries.map(({ entry, revokedBy }) => [entry.id, revokedBy?.author ?? null])).toEqual([
    ['2', null],
    ['1', 'B'],
  ])
})
