import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Quarantined } from '../../workers/protocol.ts'
import type { Pin, Pins } from './lock.ts'
import { createTrial, notePassed, PASSED_FILE } from './trial.ts'

const pin = (digit: string): Pin => ({
  version: '1.0.0',
  path: 'x',
  hash: `sha256-${digit.repeat(64)}`,
  enabled: true,
})
const TWO: Pins = { one: pin('1'), two: pin('2') }

describe('plugins are tried out', () => {
  let folder: string
  let tried = 0
  let settings: Record<string, string> = {}
  let failing: Quarantined[] = []
  const trial = () =>
    createTrial({
      folder,
      settingsOf: (plugin) => settings[plugin] ?? '',
      async tryOut() {
        tried++
        return failing
      },
    })
  /** How often they are tried out at a start. */
  async function tries(pins: Pins): Promise<number> {
    const before = tried
    await trial().begin(pins)
    return tried - before
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'myoserve-trial-'))
    settings = {}
    failing = []
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('once, as long as nothing about them changes', async () => {
    expect([await tries(TWO), await tries(TWO), await tries({ two: pin('2') })]).toEqual([1, 0, 0])
  })

  test('again when one has other content, comes, or is set otherwise', async () => {
    await tries(TWO)
    expect(await tries({ ...TWO, two: pin('3') })).toBe(1)
    expect(await tries({ ...TWO, two: pin('3'), three: pin('4') })).toBe(1)
    settings.one = '{"loud":true}'
    expect([await tries(TWO), await tries(TWO)]).toEqual([1, 1 - 1])
  })

  test('again each time as long as one fails', async () => {
    failing = [{ name: 'two', reason: 'it loops' }]
    expect([await tries(TWO), await tries(TWO)]).toEqual([1, 1])
    expect(await tries({ one: pin('1') })).toBe(0)
    failing = []
    expect([await tries(TWO), await tries(TWO)]).toEqual([1, 0])
  })

  test('not after `add` has done so, unless something is set of them', async () => {
    await notePassed(folder, TWO, ['one', 'two'], () => '')
    expect(await tries(TWO)).toBe(0)
    settings.two = 'x'
    expect(await tries(TWO)).toBe(1)
  })

  test('again where what was noted cannot be read, is of another release, or cannot be written', async () => {
    await tries(TWO)
    await writeFile(join(folder, PASSED_FILE), '{ "release"')
    expect(await tries(TWO)).toBe(1)
    const noted = (await Bun.file(join(folder, PASSED_FILE)).json()) as object
    await writeFile(join(folder, PASSED_FILE), JSON.stringify({ ...noted, release: '0.0.1' }))
    expect(await tries(TWO)).toBe(1)
    folder = join(folder, 'nowhere')
    expect([await tries(TWO), await tries(TWO)]).toEqual([1, 1])
    folder = join(folder, '..')
  })
})
