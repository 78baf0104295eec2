import { expect, test } from 'bun:test'
import { fileNameOf } from './download.ts'

test('a download is named as the server names it', () => {
  expect(fileNameOf('attachment; filename="P001-2026-01-02.csv"')).toBe('P001-2026-01-02.csv')
  expect(fileNameOf(null)).toBe('export')
})
