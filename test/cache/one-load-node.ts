/** One process of several that miss at once: says when it is ready, reads at a line on its input, answers what it got. */
import * as v from 'valibot'
import { openCaches } from '../../src/cache/cache.ts'
import { namespace } from '../../src/cache/namespace.ts'
import { openCache } from '../../src/cache/open.ts'
import { HostConfig } from '../../src/config/schema.ts'
import { connectDatabase } from '../../src/database/connection.ts'
import { createLog } from '../../src/observe/log.ts'

const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2)
const database = connectDatabase({ url: databaseUrl })
const settings = redisUrl === '' ? { databaseUrl } : { databaseUrl, redisUrl }
const system = await openCache({ database, host: v.parse(HostConfig, settings), log: createLog('silent') })
const { answers } = openCaches(system, 'one-load', {
  answers: namespace({ key: 'answer:{wave}', ttl: '1h', schema: v.string() }),
})

async function load(wave: string): Promise<string> {
  await database.sql`insert into loads (wave) values (${wave})`
  await Bun.sleep(150)
  if (wave.startsWith('failing')) throw new Error('no answer')
  return `answer of ${wave}`
}

console.log('ready')
for await (const line of console) {
  if (line === 'end') break
  const read = await answers
    .getOrLoad({ wave: line }, () => load(line))
    .catch((error: Error) => ({
      value: error.message,
      status: 'FAILED',
    }))
  console.log(JSON.stringify([read.status, read.value]))
}
await system.close()
await database.close()
process.exit(0)
