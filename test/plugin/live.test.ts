/** Plugins come, change and leave while a server runs and answers everybody else. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LOCK_FILE, readPins, writePins } from '../../src/plugin/external/lock.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'
import { pinAll } from './pin.ts'

setDefaultTimeout(60_000)

const ROUTE = (name: string, answer: string, more = '') =>
  `routes: (service) => [route({ method: 'get', path: '/api/plugins/${name}', summary: 's', policy: 'public', ${more}
    answers: { 200: { description: 'd', schema: v.looseObject({}) } }, handle: async () => (${answer}) })],`

/** Says a word that stands in another file, with what tells one life of its code from another. */
const WORD = source(
  'word',
  `config: v.object({ tone: setting(v.optional(v.string()), 'plain', { summary: 'Tone', allowed: 'a word' }) }),
   setup: ({ config }) => ({ tone: config.tone, word }),
   metrics: () => [{ name: 'myoserve_word_said_total', help: 'Said.', type: 'counter', samples: [{ value: 1 }] }],
   ${ROUTE('word', '{ word, tone: service.tone, life }', "cache: { ttl: '1h' },")}`,
  `import { setting } from 'myoserve/sdk'
   import { word } from './said/word.ts'
   const life = crypto.randomUUID()`,
)
const saying = (word: string): string => `export const word = '${word}'`

/** Says what the word says, twice. */
const ECHO = source(
  'echo',
  `needs: { said: { name: 'word' } },
   setup: ({ needs }) => needs.said,
   ${ROUTE('echo', '{ echo: service.word + service.word }')}`,
)

/** Is touched by nothing. */
const STEADY = source(
  'steady',
  `setup: () => ({ id: crypto.randomUUID() }), ${ROUTE('steady', '{ id: service.id }')}`,
)

/** Counts for as long as somebody listens. */
const TICKER = source(
  'ticker',
  `setup: () => createEventStreams(),
   routes: (streams) => [
     route({ method: 'get', path: '/api/plugins/ticker', summary: 's', policy: 'public',
       answers: { 200: { description: 'd', schema: v.looseObject({}) } }, handle: () => ({}) }),
     route({ method: 'get', path: '/api/plugins/ticker/events', summary: 's', policy: 'public',
       answers: { 200: { description: 'd', mediaType: 'text/event-stream' } },
       handle: ({ c }) => streams.open('tick', count, c.req.raw.signal) }),
   ],`,
  `import { createEventStreams } from 'myoserve/sdk'
   async function* count() { for (let i = 1; ; i++) { yield i; await Bun.sleep(50) } }`,
)

/** Keeps notes in a table of its own. */
const NOTES = source(
  'notes',
  `migrations: [{ id: '0000', sql: 'create schema notes; create table notes.notes (text text)' }],
   setup: ({ db }) => ({ db }),
   ${ROUTE('notes', "{ rows: (await service.db.execute(sql`insert into notes.notes values ('a') returning (select count(*)::int from notes.notes) as n`))[0].n }")}`,
  "import { sql } from 'drizzle-orm'",
)

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  let server: TestServer

  const ask = async (path: string): Promise<Answer> => {
    const answer = await fetch(`${server.url}${path}`)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  /** Asks until the answer is as it shall be, and gives the last one. */
  async function until(path: string, is: (answer: Answer) => boolean): Promise<Answer> {
    const latest = performance.now() + 8000
    let answer = await ask(path)
    while (!is(answer) && performance.now() < latest) {
      await Bun.sleep(10)
      answer = await ask(path)
    }
    return answer
  }
  const says = (word: string) => until('/api/plugins/word', ({ body }) => body.word === word)
  const stateOf = async (name: string) => {
    const { plugins } = (await ask('/health')).body as { plugins: Array<Record<string, unknown>> }
    return plugins.find((each) => each.name === name)
  }
  const write = async (word: string): Promise<void> => {
    await folder.write('plugins/word/index.ts', WORD)
    await folder.write('plugins/word/said/word.ts', saying(word))
  }
  /** Pins what stands in the folder, as `add` does, but without its checks. */
  const pin = (...names: string[]): Promise<void> => pinAll(folder.plugins, names)

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await folder.write('plugins/steady/index.ts', STEADY)
    await pin('steady')
    await folder.write('config.json', '{}')
    server = await startTestServer(target, {
      data: join(folder.root, 'data'),
      args: ['--config', join(folder.root, 'config.json')],
      env: { MYOSERVE_PLUGINS: folder.plugins, LOG_LEVEL: 'error', PLUGIN_TIME_LIMIT: '2s' },
    })
  })
  afterAll(async () => {
    expect(await server?.kill()).toBe(0)
    await folder?.[Symbol.asyncDispose]()
  })

  test('a plugin that is added is there: routes, document, metrics, health', async () => {
    expect((await ask('/api/plugins/word')).status).toBe(404)
    await folder.write('word/index.ts', WORD)
    await folder.write('word/said/word.ts', saying('one'))
    const added = await folder.run('plugin', 'add', 'word')
    expect(added.stdout).toContain('a server that runs loads it by itself')
    expect((await says('one')).body).toMatchObject({ word: 'one', tone: 'plain' })
    expect(JSON.stringify((await ask('/api/openapi.json')).body)).toContain('"/api/plugins/word"')
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('myoserve_word_said_total 1')
    expect(await stateOf('word')).toMatchObject({ state: 'running', status: 'ok' })
  })

  test('what was changed in a file that it imports, and pinned, is what it answers', async () => {
    await write('two')
    await pin('word')
    expect((await says('two')).status).toBe(200)
  })

  test('`plugin reload` has its code run anew, and its settings read', async () => {
    const before = await ask('/api/plugins/word')
    await folder.write('config.json', '{ "word": { "tone": "loud" } }')
    const { stdout } = await folder.run('plugin', 'reload', 'word')
    expect(stdout).toBe('word 1.0.0 is marked; a server that runs reloads it by itself\n')
    const after = await until('/api/plugins/word', ({ body }) => body.life !== before.body.life)
    expect(after.body).toMatchObject({ word: 'two', tone: 'loud' })
    expect(after.body.life).not.toBe(before.body.life)
  })

  test('`plugin reload` says why there is nothing to reload', async () => {
    const ghost = await folder.run('plugin', 'reload', 'ghost')
    expect([ghost.exitCode, ghost.stderr]).toEqual([
      64,
      expect.stringContaining('there is no plugin "ghost"'),
    ])
    await folder.write('plugins/word/said/word.ts', saying('unpinned'))
    const changed = await folder.run('plugin', 'reload', 'word')
    expect([changed.exitCode, changed.stderr]).toEqual([
      65,
      expect.stringContaining('the files of word are not those that were pinned'),
    ])
    await folder.write('plugins/word/said/word.ts', saying('two'))
  })

  test('under load nobody else notices, and requests for the plugin itself wait for it', async () => {
    const { body: steady } = await ask('/api/plugins/steady')
    const failures: unknown[] = []
    const counts = { others: 0, own: 0 }
    let ends = false
    async function hammer(path: string, is: (answer: Answer) => boolean, of: keyof typeof counts) {
      while (!ends) {
        try {
          const answer = await ask(path)
          counts[of]++
          if (answer.status !== 200 || !is(answer)) failures.push([path, answer])
        } catch (error) {
          failures.push([path, error])
        }
        await Bun.sleep(1)
      }
    }
    const clients = [
      hammer('/livez', () => true, 'others'),
      hammer('/api/recordings', () => true, 'others'),
      hammer('/api/openapi.json', () => true, 'others'),
      hammer('/api/plugins/steady', ({ body }) => body.id === steady.id, 'others'),
      hammer('/api/plugins/word', () => true, 'own'),
    ]
    for (const word of ['three', 'four', 'five']) {
      await write(word)
      await pin('word')
      expect((await says(word)).status).toBe(200)
    }
    ends = true
    await Promise.all(clients)
    expect(failures).toEqual([])
    expect(counts.others).toBeGreaterThan(50)
    expect(counts.own).toBeGreaterThan(10)
  })

  test('what needs it leaves and comes with it', async () => {
    await folder.write('plugins/echo/index.ts', ECHO)
    await pin('echo')
    const echoes = (echo: string) => until('/api/plugins/echo', ({ body }) => body.echo === echo)
    expect((await echoes('fivefive')).status).toBe(200)
    await write('six')
    await pin('word')
    expect((await echoes('sixsix')).status).toBe(200)
    await folder.run('plugin', 'disable', 'word')
    const alone = await until('/api/plugins/echo', ({ status }) => status === 503)
    expect(alone.body).toMatchObject({
      code: 'PLUGIN_QUARANTINED',
      detail: 'The plugin echo is quarantined: it needs word, which is not installed.',
    })
    expect((await ask('/api/plugins/word')).status).toBe(404)
    await folder.run('plugin', 'enable', 'word')
    expect((await echoes('sixsix')).status).toBe(200)
  })

  test('code that is broken quarantines it, and what needs it; repaired, both are back', async () => {
    await folder.write('plugins/word/said/word.ts', `${saying('mute')}; throw new Error('no voice')`)
    await pin('word')
    const broken = await until('/api/plugins/word', ({ status }) => status === 503)
    expect(broken.body).toMatchObject({ code: 'PLUGIN_QUARANTINED' })
    expect(broken.body.detail).toContain('its code cannot be imported: no voice')
    expect(await stateOf('word')).toMatchObject({ state: 'quarantined', status: 'failed' })
    expect(await stateOf('echo')).toMatchObject({ reason: 'it needs word, which is quarantined' })
    expect(await stateOf('steady')).toMatchObject({ state: 'running' })
    await write('seven')
    await pin('word')
    const echo = await until('/api/plugins/echo', ({ body }) => body.echo === 'sevenseven')
    expect(echo.status).toBe(200)
  })

  test('a setup or an import that never ends holds nobody up', async () => {
    await folder.write('plugins/loop/index.ts', source('loop', 'setup() { for (;;); },'))
    await pin('loop')
    let slowest = 0
    const begun = performance.now()
    let state = await stateOf('loop')
    while (state === undefined && performance.now() - begun < 20_000) {
      const asked = performance.now()
      state = await stateOf('loop')
      slowest = Math.max(slowest, performance.now() - asked)
      await Bun.sleep(20)
    }
    expect(state).toMatchObject({ state: 'quarantined' })
    expect(slowest).toBeLessThan(2000)
    await folder.run('plugin', 'remove', 'loop')
    expect((await until('/api/plugins/loop', ({ status }) => status === 404)).status).toBe(404)
  })

  test('its tables are made as it comes, and stay as it goes', async () => {
    await folder.write('plugins/notes/index.ts', NOTES)
    await pin('notes')
    expect((await until('/api/plugins/notes', ({ status }) => status === 200)).body).toEqual({ rows: 0 })
    await folder.run('plugin', 'disable', 'notes')
    await until('/api/plugins/notes', ({ status }) => status === 404)
    await folder.run('plugin', 'enable', 'notes')
    const { body } = await until('/api/plugins/notes', ({ status }) => status === 200)
    expect(body.rows).toBeGreaterThan(0)
  })

  test('an event stream that it has opened ends with it', async () => {
    await folder.write('plugins/ticker/index.ts', TICKER)
    await pin('ticker')
    await until('/api/plugins/ticker', ({ status }) => status === 200)
    const { body } = await fetch(`${server.url}/api/plugins/ticker/events`)
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('data: 1')
    await folder.run('plugin', 'disable', 'ticker')
    let last = await reader.read()
    while (!last.done) last = await reader.read()
    expect(last.done).toBe(true)
  })

  test('of changes in quick succession the last one holds', async () => {
    const pins = await readPins(folder.plugins)
    const word = pins.word as NonNullable<typeof pins.word>
    for (let i = 0; i < 20; i++) {
      await writePins(folder.plugins, { ...pins, word: { ...word, enabled: i % 2 === 1, reloads: i } })
      await Bun.sleep(i * 10)
    }
    await write('eight')
    await pin('word')
    expect(await says('eight')).toMatchObject({ status: 200 })
    expect(await stateOf('echo')).toMatchObject({ state: 'running' })
  })

  test('a lock file that is half written, or missing, changes nothing and is said once', async () => {
    const path = join(folder.plugins, LOCK_FILE)
    const text = await readFile(path, 'utf8')
    const count = (words: string): number =>
      server
        .log()
        .split('\n')
        .filter((line) => line.includes(words)).length
    const heard = async (words: string): Promise<void> => {
      const latest = performance.now() + 5000
      while (count(words) === 0 && performance.now() < latest) await Bun.sleep(10)
      // Long enough for another look.
      await Bun.sleep(2100)
      expect(count(words)).toBe(1)
    }
    await writeFile(path, text.slice(0, text.length / 2))
    await heard('is no lock file of plugins')
    expect((await ask('/api/plugins/word')).body.word).toBe('eight')
    await rename(path, `${path}.away`)
    await heard(`${LOCK_FILE} is missing`)
    expect((await ask('/api/plugins/word')).body.word).toBe('eight')
    await rm(`${path}.away`)
    await writeFile(path, text)
    await write('nine')
    await pin('word')
    expect((await says('nine')).status).toBe(200)
  })

  test('one that is removed is gone, and others are where they were', async () => {
    await folder.run('plugin', 'remove', 'echo')
    await until('/api/plugins/echo', ({ status }) => status === 404)
    await folder.run('plugin', 'remove', 'word')
    expect((await until('/api/plugins/word', ({ status }) => status === 404)).status).toBe(404)
    expect(await stateOf('word')).toBeUndefined()
    expect((await ask('/api/plugins/steady')).status).toBe(200)
  })
})
