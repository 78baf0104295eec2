import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BlobStore, BlobTooLarge, openBlobStore } from './blobs.ts'

let base: string
let store: BlobStore
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'myoserve-blobs-'))
  await mkdir(join(base, 'blobs'))
  await mkdir(join(base, 'tmp'))
  store = openBlobStore(join(base, 'blobs'), join(base, 'tmp'))
})
afterAll(() => rm(base, { recursive: true }))

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part)
}
const left = () => readdir(join(base, 'tmp'))

describe('openBlobStore', () => {
  test('names a blob by the SHA-256 of its bytes', async () => {
    const staged = await store.stage(chunks('a', 'bc'), 100)
    // FIPS 180-2, appendix B.1: SHA-256 of "abc".
    expect(staged.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(staged.size).toBe(3)
    expect(await store.has(staged.sha256)).toBe(false)
    await staged.commit()
    expect(await store.has(staged.sha256)).toBe(true)
    expect(await store.file(staged.sha256).text()).toBe('abc')
    expect(await left()).toEqual([])
  })

  test('keeps the same bytes once, also when they come at the same time', async () => {
    const staged = await Promise.all([1, 2, 3, 4].map(() => store.stage(chunks('twice'), 100)))
    await Promise.all(staged.map((each) => each.commit()))
    expect(await store.file(staged[0]?.sha256 ?? '').text()).toBe('twice')
    expect(await left()).toEqual([])
  })

  test('leaves nothing behind of what was thrown away', async () => {
    const staged = await store.stage(chunks('unwanted'), 100)
    await staged.discard()
    expect(await store.has(staged.sha256)).toBe(false)
    expect(await left()).toEqual([])
  })

  test('stops at the limit, and leaves nothing behind', async () => {
    const failure = await store.stage(chunks('123', '456'), 5).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(BlobTooLarge)
    expect(await left()).toEqual([])
    expect((await store.stage(chunks('123', '45'), 5)).size).toBe(5)
  })

  test('leaves nothing behind of a source that breaks off', async () => {
    const before = await left()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      throw new Error('connection lost')
    }
    await expect(store.stage(broken(), 100)).rejects.toThrow('connection lost')
    expect(await left()).toEqual(before)
  })

  test('takes no bytes at all', async () => {
    const staged = await store.stage(chunks(), 10)
    expect(staged.size).toBe(0)
    await staged.discard()
  })
})
