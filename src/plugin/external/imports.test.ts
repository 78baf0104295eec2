import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.ts'
import { checkImports } from './imports.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'myoserve-imports-'))
  await Bun.write(join(root, 'folder/node_modules/here/index.js'), '')
})
afterAll(() => rm(root, { recursive: true }))

async function check(code: string, file = 'folder/index.ts'): Promise<string | undefined> {
  await Bun.write(join(root, file), code)
  const path = join(root, file.startsWith('folder/') ? 'folder' : file)
  const found = await checkImports(path, await fingerprint(path, true), new Set(['myoserve/sdk']))
  await rm(join(root, file))
  return found
}

test.each([
  "import { dsp } from 'myoserve/sdk'; dsp",
  "import './a.ts'",
  "import './a/../b.ts'",
  "import 'node:fs'",
  "import 'fs'",
  "import { $ } from 'bun'; $",
  "import { Database } from 'bun:sqlite'; Database",
  "import 'here'",
  "import 'here/deep.js'",
  "import type { Kind } from 'anything'; export type { Kind }",
  'const name: string = await import(process.argv[2])',
])('takes %s', async (code) => {
  expect(await check(code)).toBeUndefined()
})

test.each([
  ["import '../a.ts'", /imports \.\.\/a\.ts, which is not pinned with it/],
  ["import './a/../../b.ts'", /not pinned/],
  ["import './.hidden/a.ts'", /not pinned/],
  ["import '/etc/a.ts'", /imports \/etc\/a\.ts, which is not pinned/],
  ["import 'file:///etc/a.ts'", /not pinned/],
  ["export * from '../a.ts'", /not pinned/],
  ["await import('../a.ts')", /not pinned/],
  ["require('../a.ts')", /not pinned/],
  ["import 'gone'", /imports gone, which is not offered to plugins; install it/],
  ["import '@scope/gone/x.js'", /imports @scope\/gone\/x\.js, which is not offered/],
  ["import 'myoserve/test'", /imports myoserve\/test, which is not offered/],
  ['export default {{', /index\.ts cannot be read as code/],
])('refuses %s', async (code, sentence) => {
  expect(await check(code)).toMatch(sentence)
})

test('a plugin of one file has no files beside it', async () => {
  expect(await check("import './a.ts'", 'alone.ts')).toMatch(
    /alone\.ts imports \.\/a\.ts, which is not pinned/,
  )
  expect(await check("import 'myoserve/sdk'", 'alone.ts')).toBeUndefined()
})

test('tests are not what runs', async () => {
  expect(await check("import 'myoserve/test'", 'folder/index.test.ts')).toBeUndefined()
})
