/** A process that owns an embedded PostgreSQL, for tests that kill it: prints one line of JSON when it is up. */
import { startEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { createLog } from '../../src/observe/log.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'
import { acquireLock } from '../../src/storage/lock.ts'

const folder = await openDataFolder(process.argv[2])
const lock = await acquireLock(folder)
const embedded = await startEmbeddedPostgres({ folder, log: createLog('silent') })
console.log(
  JSON.stringify({ pid: embedded.pid(), attached: embedded.attached, connection: embedded.connection }),
)
process.once('SIGTERM', async () => {
  await embedded.stop()
  await lock.release()
  process.exit(0)
})
setInterval(() => {}, 1000)
