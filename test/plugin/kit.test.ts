/** The kit for authors: what it makes, what it refuses, and the host that their tests run on. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { CONTRACT } from '../../src/plugin/external/contract/index.ts'
import { definePlugin } from '../../src/sdk.ts'
import { createTestHost } from '../../src/test-kit.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'

setDefaultTimeout(60_000)

const NOTES = `
import { definePlugin, Problem, route, setting, wholeNumber } from 'myoserve/sdk'
import { eq } from 'drizzle-orm'
import { integer, pgSchema, text } from 'drizzle-orm/pg-core'
import * as v from 'valibot'

export const notes = pgSchema('notes').table('notes', { id: integer('id').primaryKey(), text: text('text') })

export default definePlugin({
  name: 'notes', version: '1.0.0', host: '^1', summary: 'Keeps notes',
  config: v.object({ most: setting(wholeNumber(1, 9), 3, { summary: 'Most', allowed: 'a digit' }) }),
  tables: { notes },
  migrations: [{ id: '0000', sql: 'create schema notes; create table notes.notes (id int primary key, text text)' }],
  permissions: ['notes:read'],
  setup: ({ db, config }) => ({ db, most: config.most, started: false }),
  start(service) { service.started = true },
  routes: ({ db }) => [
    route({
      method: 'get', path: '/api/plugins/notes/{id}', summary: 'A note', policy: 'notes:read',
      params: v.object({ id: v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(2147483647)) }),
      answers: { 200: { description: 'It', schema: v.object({ text: v.string() }) }, 404: { description: 'NOTE_NOT_FOUND' } },
      async handle({ params }) {
        const [note] = await db.select().from(notes).where(eq(notes.id, params.id))
        if (!note) throw new Problem(404, 'NOTE_NOT_FOUND', 'There is no such note.')
        return { text: note.text }
      },
    }),
  ],
})
`

const NOTES_TEST = `
import { expect, test } from 'bun:test'
import { createTestHost } from 'myoserve/test'
import plugin, { notes } from './index.ts'

test.each([1, 2])('a fresh database (%d)', async () => {
  await using host = await createTestHost({ plugins: [plugin], database: true, config: { notes: { most: 5 } } })
  const service = host.service(plugin)
  expect([service.most, service.started]).toEqual([5, true])
  expect((await host.fetch('/api/plugins/notes/1')).status).toBe(404)
  await service.db.insert(notes).values({ id: 1, text: 'hello' })
  expect(await (await host.fetch('/api/plugins/notes/1')).json()).toEqual({ text: 'hello' })
})
`

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await folder.write('notes/index.ts', NOTES)
    await folder.write('notes/index.test.ts', NOTES_TEST)
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  test('a plugin with tables is tested on a real PostgreSQL', async () => {
    const { exitCode, stderr } = await folder.run('plugin', 'test', 'notes', '--database')
    expect(stderr).toContain(` ${2 + CONTRACT.length} pass\n 0 fail`)
    expect(exitCode).toBe(0)
  })

  test('without --database its tests say what they lack, and fail', async () => {
    const { exitCode, stderr } = await folder.run('plugin', 'test', 'notes')
    expect(stderr).toContain('run it by `myoserve plugin test --database`')
    expect(exitCode).toBe(65)
  })

  test('a plugin of one file is held against the contract, though it has no tests', async () => {
    await folder.write('silent.ts', source('silent'))
    const { exitCode, stdout, stderr } = await folder.run('plugin', 'test', 'silent.ts')
    expect(stdout).toContain('silent.ts: its tests, in 0 files, and the contract that every plugin holds\n')
    const withoutDatabase = CONTRACT.filter(({ database }) => !database).length
    expect(stderr).toContain(` ${withoutDatabase} pass\n`)
    expect(stderr).toContain(' (skipped: it takes --database)')
    expect(exitCode).toBe(0)
  })

  test('what a plugin does not hold fails its test, in a sentence', async () => {
    const careless = `permissions: ['careless:read'], routes: () => [route({
      method: 'get', path: '/api/plugins/careless/{n}', summary: 's', policy: 'careless:read',
      params: v.object({ n: v.string() }), answers: { 200: { description: 'd', schema: v.object({ n: v.string() }) } },
      handle: ({ params }) => ({ n: String(BigInt(params.n)) }),
    })],`
    await folder.write('careless/index.ts', source('careless', careless))
    const { exitCode, stderr } = await folder.run('plugin', 'test', 'careless')
    expect(stderr).toMatch(/GET \/api\/plugins\/careless\/\{n\} with .*: it fails with 500 INTERNAL_ERROR/)
    expect(stderr).toContain(' 1 fail\n')
    expect(exitCode).toBe(65)
  })

  test('a plugin that holds itself against the contract is not held against it twice', async () => {
    await folder.write('own/index.ts', source('own'))
    const suite = `import { contractSuite } from 'myoserve/test'\nimport plugin from './index.ts'\ncontractSuite(plugin)`
    await folder.write('own/z.test.ts', suite)
    const { exitCode, stderr } = await folder.run('plugin', 'test', 'own')
    expect(stderr.match(/its declaration is valid/g)).toHaveLength(1)
    expect(exitCode).toBe(0)
  })

  test('tests leave nothing behind', async () => {
    const before = await readdir(tmpdir())
    await folder.run('plugin', 'test', 'notes', '--database')
    const ours = (name: string) => /^myoserve-(?:kit|plugin-test|test-host|contract)-/.test(name)
    const left = (await readdir(tmpdir())).filter((name) => ours(name) && !before.includes(name))
    expect(left).toEqual([])
  })

  test.each([
    [['new'], /it is `myoserve plugin new NAME \[DIR\]`/],
    [['new', 'Grip_Strength'], /"Grip_Strength" is no name for a plugin/],
    [['new', '../x'], /"\.\.\/x" is no name for a plugin/],
    [['new', 'emg-analyzer'], /a built-in plugin is called emg-analyzer already/],
    [['test', 'nowhere'], /there is nothing at nowhere/],
    [['types', 'nowhere'], /there is no folder nowhere/],
    [['build', 'nowhere'], /there is nothing at nowhere/],
    [['remove', 'nobody'], /there is no plugin "nobody"/],
    [['enable', 'nobody'], /there is no plugin "nobody"/],
    [['dance'], /plugin takes an action such as/],
    [['constructor'], /plugin takes an action such as/],
  ])('plugin %j is wrong usage, in one sentence', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await folder.run('plugin', ...args)
    expect(stderr).toMatch(sentence)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([exitCode, stdout]).toEqual([64, ''])
  })

  test('new overwrites nothing', async () => {
    const { exitCode, stderr } = await folder.run('plugin', 'new', 'other', 'notes')
    expect([exitCode, stderr]).toEqual([73, expect.stringMatching(/^myoserve: cannot make .* not empty\n$/)])
  })

  test('a built plugin leaves out what is offered, and brings what stands below it', async () => {
    await folder.write('below/node_modules/hono/package.json', '{ "name": "hono", "main": "index.js" }')
    await folder.write('below/node_modules/hono/index.js', "throw new Error('not this one')")
    await folder.write('below/node_modules/hono/part.js', "export const part = 'brought'")
    await folder.write(
      'below/index.ts',
      source(
        'below',
        "commands: () => [{ name: 'below', summary: 's', usage: '', options: {}, run: async ({ terminal }) => (terminal.out(part + typeof Hono), 0) }],",
        "import { Hono } from 'hono'\nimport { part } from 'hono/part.js'",
      ),
    )
    expect(await folder.run('plugin', 'build', 'below')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await folder.run('plugin', 'add', 'dist/below.js')).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await folder.run('below')).stdout).toBe('broughtfunction')
  })

  test('a built plugin brings the packages of its folder, and what it cannot bring is said', async () => {
    await folder.write('packed/node_modules/leftpad/index.js', 'export const pad = (x) => x.padStart(5)')
    await folder.write(
      'packed/index.ts',
      source(
        'packed',
        "commands: () => [{ name: 'pad', summary: 's', usage: '', options: {}, run: async ({ terminal }) => (terminal.out(pad('x')), 0) }],",
        "import { pad } from 'leftpad'",
      ),
    )
    expect(await folder.run('plugin', 'build', 'packed')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await folder.run('plugin', 'add', 'dist/packed.js')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await folder.run('pad')).toEqual({ exitCode: 0, stdout: '    x', stderr: '' })
    await folder.write('broken/index.ts', source('broken', '', "import 'rightpad'"))
    const { exitCode, stderr } = await folder.run('plugin', 'build', 'broken')
    expect([exitCode, stderr]).toEqual([65, expect.stringMatching(/^myoserve: .*rightpad.*\n$/)])
  })

  test('an added plugin takes the place of its older self, whatever form that had', async () => {
    const version = async () => (await folder.states()).twin?.version
    await folder.write('twin/index.ts', source('twin'))
    await folder.run('plugin', 'add', 'twin')
    expect(await version()).toBe('1.0.0')
    await folder.write('twin.ts', source('twin', "version: '1.1.0',"))
    expect(await folder.run('plugin', 'add', 'twin.ts')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await version()).toBe('1.1.0')
    expect((await readdir(folder.plugins)).filter((name) => name.startsWith('twin'))).toEqual(['twin.ts'])
  })
})

describe('createTestHost', () => {
  const grip = definePlugin({
    name: 'grip',
    version: '1.0.0',
    host: '^1',
    summary: 'For a test',
    setup: () => ({ newtons: 312 }),
  })

  test('hands out services, typed', async () => {
    await using host = await createTestHost({ plugins: [grip] })
    const newtons: number = host.service(grip).newtons
    expect(newtons).toBe(312)
  })

  test('rejects with what would quarantine a plugin', async () => {
    const failing = definePlugin({ ...grip, setup: () => Promise.reject(new Error('no luck')) })
    expect(createTestHost({ plugins: [failing] })).rejects.toThrow('grip: its setup failed: no luck')
    const outside = definePlugin({
      ...grip,
      setup: () => null,
      routes: () => [
        { method: 'get', path: '/api/grip', summary: '', policy: 'public', answers: {}, handle: () => 1 },
      ],
    })
    expect(createTestHost({ plugins: [outside] })).rejects.toThrow(/is outside \/api\/plugins\/grip/)
  })

  test('has no database unless it is asked for', async () => {
    const reading = definePlugin({
      name: 'reading',
      version: '1.0.0',
      host: '^1',
      summary: 'For a test',
      setup: ({ db }) => ({ read: () => db.execute('select 1') }),
    })
    await using host = await createTestHost({ plugins: [reading] })
    expect(() => host.service(reading).read()).toThrow(/createTestHost\(\{ database: true \}\)/)
  })
})
