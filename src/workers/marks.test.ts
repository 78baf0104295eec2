import { afterEach, describe, expect, spyOn, test } from 'bun:test'
import { openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMarkReader, createMarkRecorder, MARKS_BYTES } from './marks.ts'

const path = join(tmpdir(), `myoserve-marks-test-${process.pid}`)
afterEach(() => rmSync(path, { force: true }))

const late = (plugin: string) => new Error(`${plugin} is late`)

describe.each(['mapped', 'written'])('marks that are %s', (way) => {
  const open = (limitMs = 1000) => {
    writeFileSync(path, new Uint8Array(MARKS_BYTES))
    const mmap = spyOn(Bun, 'mmap')
    if (way === 'written') {
      mmap.mockImplementation(() => {
        throw new Error('not here')
      })
    }
    const recorder = createMarkRecorder(path, limitMs, late)
    mmap.mockRestore()
    const reader = createMarkReader(openSync(path, 'r'))
    return { recorder, names: () => reader.read().calls.map(reader.nameOf), reader }
  }

  test('name the calls that have not ended, the innermost last', () => {
    const { recorder, names } = open()
    expect(names()).toEqual([])
    const outer = recorder.enter('outer')
    const inner = recorder.enter('inner')
    expect(names()).toEqual(['outer', 'inner'])
    recorder.leave(inner)
    expect(names()).toEqual(['outer'])
    recorder.enter('other')
    expect(names()).toEqual(['outer', 'other'])
    recorder.leave(outer)
    expect(names()).toEqual([])
  })

  test('tell two calls of one plugin apart', () => {
    const { recorder, reader } = open()
    const marks = [1, 2].map(() => {
      const depth = recorder.enter('same')
      const [mark] = reader.read().calls
      recorder.leave(depth)
      return mark
    })
    expect(marks[0]).not.toBe(marks[1])
  })

  test('name calls nested deeper than there is room for by those that fit', () => {
    const { recorder, names } = open()
    const depths = Array.from({ length: 40 }, (_, i) => recorder.enter(`plugin-${i}`))
    expect(names()).toEqual(Array.from({ length: 14 }, (_, i) => `plugin-${i}`))
    for (const depth of depths.reverse()) recorder.leave(depth)
    expect(names()).toEqual([])
  })

  test('take names of any length, and more plugins than there are numbers for', () => {
    const { recorder, names } = open()
    const long = 'a'.repeat(300)
    recorder.leave(recorder.enter('x'))
    recorder.enter(long)
    expect(names()).toEqual(['a'.repeat(255)])
    recorder.leave(0)
    for (let i = 0; i < 300; i++) recorder.leave(recorder.enter(`plugin-${i}`))
    recorder.enter('plugin-252')
    recorder.enter('plugin-290')
    expect(names()).toEqual(['plugin-252', undefined])
  })

  test('name the one call that goes on behind a promise, and none where there are several', async () => {
    const { recorder, names } = open()
    const [a, b] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
    const first = recorder.follow('a', a.promise)
    expect(names()).toEqual(['a'])
    const second = recorder.follow('b', b.promise)
    expect(names()).toEqual([])
    a.resolve(1)
    expect(await first).toBe(1)
    expect(names()).toEqual(['b'])
    b.reject(new Error('no'))
    expect(second).rejects.toThrow('no')
    await second.catch(() => undefined)
    expect(names()).toEqual([])
  })

  test('give a promise up that does not settle', async () => {
    const { recorder, names } = open(20)
    expect(recorder.follow('a', new Promise(() => undefined))).rejects.toThrow('a is late')
    await Bun.sleep(60)
    expect(names()).toEqual([])
  })
})
