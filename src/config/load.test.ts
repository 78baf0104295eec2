import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { Failure } from '../exit.ts'
import { type ConfigSources, loadConfiguration } from './load.ts'
import { byteSize, optionalSetting, setting, toggle } from './setting.ts'

const folder = mkdtempSync(join(tmpdir(), 'myoserve-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sections = [
  {
    name: 'emg-analyzer',
    schema: v.object({
      preset: setting(v.picklist(['clinical', 'research']), 'clinical', {
        summary: 'Preset',
        allowed: 'clinical or research',
      }),
      maxBytes: setting(byteSize, '1MiB', { summary: 'Limit', allowed: 'an amount of bytes' }),
      samples: toggle(false, { summary: 'Samples' }),
      token: optionalSetting(v.pipe(v.string(), v.minLength(8)), {
        summary: 'Token',
        allowed: 'at least 8 characters',
        secret: true,
      }),
    }),
  },
]

let files = 0
function load(sources: { flags?: ConfigSources['flags']; env?: ConfigSources['env']; file?: unknown } = {}) {
  const path = join(folder, `${files++}.json`)
  if (sources.file !== undefined) {
    writeFileSync(path, typeof sources.file === 'string' ? sources.file : JSON.stringify(sources.file))
  }
  return loadConfiguration(sections, {
    flags: sources.flags ?? {},
    env: sources.env ?? {},
    file: { path, explicit: false },
  })
}

function failure(sources: Parameters<typeof load>[0]): Failure {
  try {
    load(sources)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('it was accepted')
}

const originOf = (sources: Parameters<typeof load>[0], key: string) =>
  load(sources).values.find(({ name }) => name.key === key)?.origin

describe('precedence', () => {
  const file = { port: 1001, 'emg-analyzer': { preset: 'research' } }

  test('defaults hold where nobody says anything', () => {
    const { host, plugins } = load()
    expect(host.port).toBe(8080)
    expect(host.host).toBe('127.0.0.1')
    expect(plugins['emg-analyzer']).toEqual({
      preset: 'clinical',
      maxBytes: 2 ** 20,
      samples: false,
      token: undefined,
    })
  })

  test('the file is over the defaults, the environment over the file, a flag over all', () => {
    expect(load({ file }).host.port).toBe(1001)
    expect(load({ file, env: { PORT: '1002' } }).host.port).toBe(1002)
    expect(load({ file, env: { PORT: '1002' }, flags: { port: '1003' } }).host.port).toBe(1003)
  })

  test('each value names its origin', () => {
    expect(originOf({}, 'port')).toBe('default')
    expect(originOf({ file }, 'port')).toBe('file')
    expect(originOf({ file, env: { PORT: '1002' } }, 'port')).toBe('environment')
    expect(originOf({ file, flags: { port: '1' } }, 'port')).toBe('flag')
    expect(originOf({ file }, 'preset')).toBe('file')
  })

  test('an empty environment variable counts as absent', () => {
    expect(originOf({ env: { PORT: '' } }, 'port')).toBe('default')
  })

  test('a plugin setting is set by PLUGIN_KEY and by --plugin.key', () => {
    expect(load({ env: { EMG_ANALYZER_MAX_BYTES: '2MB' } }).plugins['emg-analyzer']).toMatchObject({
      maxBytes: 2e6,
    })
    expect(load({ flags: { 'emg-analyzer.samples': true } }).plugins['emg-analyzer']).toMatchObject({
      samples: true,
    })
  })
})

describe('a wrong value stops the start with one sentence', () => {
  test('that names the variable, the value and what is allowed', () => {
    const { message, exitCode } = failure({ env: { PORT: 'eighty' } })
    expect(message).toBe('PORT (environment) is "eighty", expected a whole number from 0 to 65535')
    expect(exitCode).toBe(78)
  })

  test('that names the flag', () => {
    expect(failure({ flags: { port: '70000' } }).message).toStartWith('--port is "70000", expected')
  })

  test('that names the key in the file', () => {
    expect(failure({ file: { 'emg-analyzer': { preset: 'best' } } }).message).toMatch(
      /^emg-analyzer\.preset \(.*\.json\) is "best", expected clinical or research$/,
    )
  })

  test('that does not show a secret', () => {
    const { message } = failure({ env: { EMG_ANALYZER_TOKEN: 'hunter2' } })
    expect(message).not.toContain('hunter2')
    expect(message).toContain('[redacted]')
  })

  test.each(['nonsense', 'mysql://db/x', 'postgres//db', ''])('that a database URL of %p is none', (url) => {
    expect(failure({ flags: { 'database-url': url } }).message).toMatch(
      /^--database-url is \[redacted\], expected a URL like postgres:/,
    )
  })

  test.each([
    ['an unknown key', { prot: 1 }, /sets "prot", which is no setting/],
    ['an unknown key of a plugin', { 'emg-analyzer': { presets: 1 } }, /"emg-analyzer\.presets"/],
    ['an unknown section', { 'emg-analyser': { preset: 'x' } }, /"emg-analyser"/],
    ['text that is not JSON', '{', /is not valid JSON/],
    ['a list', [], /does not hold a JSON object/],
    ['a fraction for a port', { port: 80.5 }, /port \(.*\) is 80\.5/],
    ['null for a port', { port: null }, /is null/],
  ])('when the file holds %s', (_, file, sentence) => {
    expect(failure({ file }).message).toMatch(sentence)
  })

  test('when the file that --config names is missing', () => {
    const missing = { path: join(folder, 'nowhere.json'), explicit: true }
    expect(() => loadConfiguration([], { flags: {}, env: {}, file: missing })).toThrow(/cannot read/)
  })
})

describe('byteSize', () => {
  test.each([
    ['512MiB', 512 * 2 ** 20],
    ['20 MB', 20e6],
    ['1.5KiB', 1536],
    ['7', 7],
    [42, 42],
  ])('%p is %p bytes', (text, bytes) => {
    expect(v.parse(byteSize, text)).toBe(bytes)
  })

  test.each(['', 'much', '-1', '0', '1TiB', '1e3'])('%p is refused', (text) => {
    expect(v.safeParse(byteSize, text).success).toBe(false)
  })
})
