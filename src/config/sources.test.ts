import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSettingSources } from './sources.ts'

describe('where settings come from', () => {
  let folder: string
  let path: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'myoserve-sources-'))
    path = join(folder, 'config.json')
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('a section is read anew when it is asked for, and nothing else of the file', async () => {
    await writeFile(path, '{ "port": 1, "one": { "a": 1 }, "two": { "a": 1 } }')
    const sources = createSettingSources([], {}, { path, explicit: true })
    await writeFile(path, '{ "port": 2, "two": { "a": 2 }, "three": { "a": 2 } }')
    sources.refresh(['one', 'three'])
    expect(sources.content()).toEqual({ port: 1, two: { a: 1 }, three: { a: 2 } })
    await writeFile(path, '{')
    sources.refresh([])
    expect(() => sources.refresh(['two'])).toThrow('is not valid JSON')
    expect(sources.content()).toEqual({ port: 1, two: { a: 1 }, three: { a: 2 } })
  })

  test('what is given is taken in place of the file', () => {
    const sources = createSettingSources([], {}, { path: join(folder, 'none'), explicit: true }, { port: 3 })
    expect(sources.content()).toEqual({ port: 3 })
  })

  test('all that is set of a plugin is known, and of no other', () => {
    const of = (argv: string[], env: Record<string, string>, content: object) =>
      createSettingSources(argv, env, { path, explicit: false }, content as Record<string, unknown>)
    const none = of(['--port', '0', '--other.x', '1'], { OTHER_X: '1', PATH: 'p' }, { port: 1, other: {} })
    expect(none.textOf('grip-log')).toBe('')
    const texts = [
      of([], {}, { 'grip-log': { x: 1 } }),
      of([], {}, { 'grip-log': { x: 2 } }),
      of([], { GRIP_LOG_X: '1' }, {}),
      of(['--grip-log.x', '1'], {}, {}),
      of(['--grip-log.x', '2'], {}, {}),
      of(['--grip-log.x=2'], {}, {}),
      of(['--no-grip-log.y'], {}, {}),
    ].map((sources) => sources.textOf('grip-log'))
    expect(texts).not.toContain('')
    expect(new Set(texts).size).toBe(texts.length)
  })
})
