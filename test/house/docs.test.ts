/** The documentation names what there is. */
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../support/targets.ts'

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8')
const codesOf = (path: string, type: string): string[] => {
  const [, union = ''] =
    new RegExp(`export type ${type} =([^\\n]*(?:\\n  \\|[^\\n]*)*)`).exec(read(path)) ?? []
  return [...union.matchAll(/'([A-Z_0-9]+)'/g)].map(([, code = '']) => code)
}

test('docs/c3d.md lists every code of the reader, and no other', () => {
  const codes = [
    ...codesOf('src/c3d/errors.ts', 'C3dErrorCode'),
    ...codesOf('src/c3d/warnings.ts', 'C3dWarningCode'),
  ]
  expect(codes.length).toBeGreaterThan(50)
  const documented = [...read('docs/c3d.md').matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_0-9]+)`/g)].map(([, code = '']) => code),
  )
  expect(documented.toSorted()).toEqual(codes.toSorted())
})

test('every file that the README names is there', () => {
  for (const [, path = ''] of read('README.md').matchAll(/\]\((?!http)([^)]+)\)/g)) {
    expect(() => read(path)).not.toThrow()
  }
})

test('the bun that the README, package.json and .ci/run name is one and the same', () => {
  const { engines, packageManager } = JSON.parse(read('package.json')) as {
    engines: { bun: string }
    packageManager: string
  }
  expect(packageManager).toBe(`bun@${engines.bun}`)
  for (const path of ['README.md', '.ci/run']) {
    const named = [...read(path).matchAll(/bun@([\d.]+\d)/g)].map(([, version]) => version)
    expect(new Set(named)).toEqual(new Set([engines.bun]))
  }
})
