import { afterEach, describe, expect, test } from 'bun:test'
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import pino from 'pino'
import type { PluginChange } from '../change.ts'
import { differences, watchPlugins } from './live.ts'
import { NO_EXTERNAL_PLUGINS } from './load.ts'
import { LOCK_FILE, type Pin, type Pins, writePins } from './lock.ts'

const HASH = `sha256-${'0'.repeat(64)}`
const pin = (rest: Partial<Pin> = {}): Pin => ({
  version: '1.0.0',
  path: 'grip',
  hash: HASH,
  enabled: true,
  ...rest,
})

describe('differences', () => {
  test.each([
    ['a plugin that comes', {}, { grip: pin() }, [[], ['grip']]],
    ['one that goes', { grip: pin() }, {}, [['grip'], []]],
    ['one that is enabled', { grip: pin({ enabled: false }) }, { grip: pin() }, [[], ['grip']]],
    ['one that is disabled', { grip: pin() }, { grip: pin({ enabled: false }) }, [['grip'], []]],
    [
      'another hash',
      { grip: pin() },
      { grip: pin({ hash: `sha256-${'1'.repeat(64)}` }) },
      [['grip'], ['grip']],
    ],
    ['a mark', { grip: pin() }, { grip: pin({ reloads: 1 }) }, [['grip'], ['grip']]],
    ['another path', { grip: pin() }, { grip: pin({ path: 'grip.js' }) }, [['grip'], ['grip']]],
    [
      'what is disabled, and changes',
      { grip: pin({ enabled: false }) },
      { grip: pin({ enabled: false, reloads: 1 }) },
      [[], []],
    ],
    ['no mark and none', { grip: pin() }, { grip: pin({ reloads: 0 }) }, [[], []]],
  ])('%s', (_, before, after, [leaving, coming]) => {
    expect(differences(before as Pins, after as Pins)).toEqual({ leaving, coming } as never)
  })

  const pins = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'constructor'),
    fc.record({
      version: fc.constant('1.0.0'),
      path: fc.constantFrom('a', 'b'),
      hash: fc.constantFrom('x', 'y'),
      enabled: fc.boolean(),
      reloads: fc.nat(2),
    }),
  ) as fc.Arbitrary<Pins>

  test('taken from what runs, and added to it, make what is enabled', () => {
    fc.assert(
      fc.property(pins, pins, (before, after) => {
        const enabled = (of: Pins) => Object.keys(of).filter((name) => of[name]?.enabled)
        const { leaving, coming } = differences(before, after)
        const running = enabled(before).filter((name) => !leaving.includes(name))
        expect([...running, ...coming].toSorted()).toEqual(enabled(after).toSorted())
        expect(differences(after, after)).toEqual({ leaving: [], coming: [] })
      }),
    )
  })
})

describe('a plugins folder', () => {
  const undo: Array<() => Promise<unknown>> = []
  afterEach(async () => {
    for (const each of undo.splice(0).reverse()) await each()
  })

  async function watched() {
    const folder = await mkdtemp(join(tmpdir(), 'myoserve-live-'))
    const said: string[] = []
    const changes: Array<readonly string[]> = []
    const tried: Array<readonly string[]> = []
    const live = watchPlugins({
      folder,
      builtIn: [],
      offer: {},
      initial: NO_EXTERNAL_PLUGINS,
      async change({ leaving, load }: PluginChange) {
        const { refused } = await load(leaving)
        changes.push(refused.map(({ name }) => name))
      },
      tryOut: async (_, names) => {
        tried.push(names.toSorted())
        return []
      },
      migrate: async () => new Map(),
      log: pino({ level: 'info' }, { write: (line: string) => void said.push(JSON.parse(line).msg) }),
    })
    undo.push(() => rm(folder, { recursive: true, force: true }), live.close)
    return { folder, live, said, changes, tried }
  }

  test('that nobody has pinned anything in changes nothing', async () => {
    const { live, said, changes } = await watched()
    await live.look()
    expect([said, changes]).toEqual([[], []])
  })

  test('is tried out, for all that change at once', async () => {
    const { folder, live, changes, tried } = await watched()
    await writePins(folder, { a: pin({ path: 'a' }), b: pin({ path: 'b' }) })
    await live.look()
    // Their files are missing, each with its reason.
    expect(changes).toEqual([['a', 'b']])
    expect(tried).toEqual([['a', 'b']])
    await writePins(folder, { a: pin({ path: 'a', enabled: false }), b: pin({ path: 'b' }) })
    await live.look()
    expect(changes).toEqual([['a', 'b'], ['b']])
    expect(tried).toEqual([['a', 'b'], ['a']])
    await live.look()
    expect(changes).toHaveLength(2)
  })

  test('whose lock file is broken or gone is said once, and is as it was', async () => {
    const { folder, live, said, changes } = await watched()
    await writePins(folder, { a: pin({ path: 'a' }) })
    await live.look()
    said.length = 0
    await writeFile(join(folder, LOCK_FILE), '{ "lockVersion": 1')
    await live.look()
    await live.look()
    expect(said).toEqual([expect.stringMatching(/^plugins stay as they are: .* is no lock file/)])
    await unlink(join(folder, LOCK_FILE))
    await live.look()
    await live.look()
    expect(said.slice(1)).toEqual([expect.stringMatching(/^plugins stay .*plugins\.lock\.json is missing/)])
    await writePins(folder, { a: pin({ path: 'a' }) })
    await live.look()
    expect(said.slice(2)).toEqual(['the plugins folder can be read again'])
    expect(changes).toHaveLength(1)
  })
})
