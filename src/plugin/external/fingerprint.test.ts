import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { fingerprint } from './fingerprint.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'myoserve-fingerprint-'))
})
afterAll(() => rm(root, { recursive: true }))

let made = 0
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, `${made++}`)
  await mkdir(folder)
  for (const [path, text] of Object.entries(files)) await Bun.write(join(folder, path), text)
  return folder
}
const hashOf = async (files: Readonly<Record<string, string>>, hidden = true) =>
  (await fingerprint(await folderOf(files), hidden)).hash

describe('fingerprint', () => {
  test('is that of the files, wherever the folder stands and in whatever order they were written', async () => {
    const one = await hashOf({ 'index.ts': '1', 'a/b.ts': '2', 'a.ts': '3' })
    expect(await hashOf({ 'a.ts': '3', 'a/b.ts': '2', 'index.ts': '1' })).toBe(one)
    expect(one).toMatch(/^sha256-[0-9a-f]{64}$/)
  })

  test('differs when any content, name or place does', async () => {
    const hashes = await Promise.all(
      [
        { 'index.ts': '1', 'a.ts': '2' },
        { 'index.ts': '2', 'a.ts': '1' },
        { 'index.ts': '1', 'b.ts': '2' },
        { 'index.ts': '1', 'x/a.ts': '2' },
        { 'index.ts': '12', 'a.ts': '' },
        { 'index.ts': '1' },
        { 'index.ts': '1', 'a.ts': '2', '.hidden.ts': '' },
      ].map((files) => hashOf(files)),
    )
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  test('no two sets of files have one', async () => {
    const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,2}$/), fc.string({ maxLength: 3 }), {
      minKeys: 1,
    })
    const key = (set: Record<string, string>) => JSON.stringify(Object.entries(set).sort())
    await fc.assert(
      fc.asyncProperty(files, files, async (a, b) => {
        expect((await hashOf(a)) === (await hashOf(b))).toBe(key(a) === key(b))
      }),
      { numRuns: 50 },
    )
  })

  test('passes hidden files over where they are the author’s own', async () => {
    const files = { 'index.ts': '1' }
    expect(await hashOf({ ...files, '.git/config': 'x' }, false)).toBe(await hashOf(files))
  })

  test('of one file does not depend on its name, but on its kind', async () => {
    const folder = await folderOf({ 'a.ts': '1', 'b.js': '1' })
    const { hash, files } = await fingerprint(join(folder, 'a.ts'), true)
    expect(files).toEqual(['a.ts'])
    await rename(join(folder, 'a.ts'), join(folder, 'c.ts'))
    expect((await fingerprint(join(folder, 'c.ts'), true)).hash).toBe(hash)
    expect((await fingerprint(join(folder, 'b.js'), true)).hash).not.toBe(hash)
  })

  test('refuses links, what is no file, too much, and what is not there', async () => {
    const refusal = async (path: string) =>
      await fingerprint(path, true).then(
        () => 'it was taken',
        (error: Error) => error.message,
      )
    const linked = await folderOf({ 'index.ts': '' })
    await symlink('index.ts', join(linked, 'other.ts'))
    expect(await refusal(linked)).toBe('other.ts is a symbolic link, and links are not pinned')
    expect(await refusal(join(linked, 'other.ts'))).toBe('it is a symbolic link, and links are not pinned')
    const large = await folderOf({ 'index.ts': '', data: '' })
    await truncate(join(large, 'data'), 16 * 2 ** 20 + 1)
    expect(await refusal(large)).toBe('its files are larger than 16 MiB')
    const many = await folderOf({})
    await Promise.all(Array.from({ length: 1001 }, (_, i) => writeFile(join(many, `${i}.ts`), '')))
    expect(await refusal(many)).toMatch(/^it has more than 1000 files; `myoserve plugin build`/)
    expect(await refusal(join(large, 'data'))).toBe('data is neither a folder nor a .ts or .js file')
    expect(await refusal(join(root, 'nowhere'))).toStartWith('there is nothing at ')
  })
})
