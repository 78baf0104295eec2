/** What a plugin from outside has answered is not served once its content has changed, whatever its version says. */
import { expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { SOURCE } from '../support/cli.ts'
import { startTestRedis } from '../support/redis.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'
import { startTestServer } from '../support/server.ts'
import { pluginsFolder, source } from './folder.ts'

setDefaultTimeout(60_000)

const saying = (word: string): string =>
  source(
    'word',
    `routes: () => [route({ method: 'get', path: '/api/plugins/word', summary: 's', policy: 'public', cache: { ttl: '1h' },
      answers: { 200: { description: 'd', schema: v.object({ word: v.string() }) } }, handle: () => ({ word: '${word}' }) })],`,
  )

test.skipIf(!REDIS_SERVER)(`a kept answer is of the content that made it${redisNote}`, async () => {
  const redis = await startTestRedis()
  await using stack = new AsyncDisposableStack()
  stack.defer(redis.stop)
  await using folder = await pluginsFolder(SOURCE)
  const ask = async (word: string, times: number): Promise<Array<readonly [unknown, string | null]>> => {
    await folder.write('word/index.ts', saying(word))
    expect((await folder.run('plugin', 'add', 'word')).stderr).toBe('')
    const server = await startTestServer(SOURCE, {
      data: join(folder.root, 'data'),
      env: { MYOSERVE_PLUGINS: folder.plugins, REDIS_URL: redis.url },
    })
    const answers: Array<readonly [unknown, string | null]> = []
    for (let i = 0; i < times; i++) {
      const answer = await fetch(`${server.url}/api/plugins/word`)
      answers.push([await answer.json(), answer.headers.get('x-cache')?.split(/[ ;,]/)[0] ?? null])
    }
    expect(await server.kill()).toBe(0)
    return answers
  }
  expect(await ask('one', 2)).toEqual([
    [{ word: 'one' }, 'MISS'],
    [{ word: 'one' }, 'HIT'],
  ])
  // The next process has it from Redis, so that the next line means something.
  expect(await ask('one', 1)).toEqual([[{ word: 'one' }, 'HIT']])
  expect(await ask('two', 1)).toEqual([[{ word: 'two' }, 'MISS']])
})
