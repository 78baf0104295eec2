import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { words } from './recording-problems.ts'

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

/** The codes in the first column of the table beneath a heading. */
function codesUnder(text: string, heading: string): string[] {
  const [, after = ''] = text.split(`## ${heading}\n`)
  const [section = ''] = after.split('\n## ')
  return [...section.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code as string)
}

test('every reason for which a reader refuses a file is said in plain words', () => {
  const said = Object.keys(words())
  for (const name of ['c3d.md', 'edf.md']) {
    const codes = codesUnder(page(name), 'Refusals')
    expect(codes.length).toBeGreaterThan(5)
    expect(codes.filter((code) => !said.includes(code))).toEqual([])
  }
})

test('every code that the upload of a patient’s recording is documented with is said in plain words', () => {
  const [, upload = ''] = page('intake.md').split('## Upload\n')
  const [section = ''] = upload.split('\n## ')
  const codes = [...section.matchAll(/`(RECORDING_[A-Z_]+)`/g)].map(([, code]) => code as string)
  expect(codes.length).toBeGreaterThan(1)
  expect(codes.filter((code) => !(code in words()))).toEqual([])
})
