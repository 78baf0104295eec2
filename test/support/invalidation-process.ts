/** A node in a process of its own: prints what it would answer by, each time that changes. */
import { createPostgresInvalidation } from '../../src/cache/invalidation/postgres.ts'
import { connectDatabase } from '../../src/database/connection.ts'
import { createLog } from '../../src/observe/log.ts'

const [url = '', tag = ''] = process.argv.slice(2)
const database = connectDatabase({ url })
const invalidation = createPostgresInvalidation({ database, log: createLog('silent') })
let last = ''
for (;;) {
  const trusted = invalidation.isTrusted()
  const said = JSON.stringify({ trusted, version: invalidation.version(tag) })
  // A sample counts only where it was printed before anything else could happen.
  if (said !== last) process.stdout.write(`${JSON.stringify({ at: Date.now(), ...JSON.parse(said) })}\n`)
  last = said
  await Bun.sleep(1)
}
