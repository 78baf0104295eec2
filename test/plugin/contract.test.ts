/** Every built-in plugin holds the contract that authors of others are held to, on the real PostgreSQL. */
import { afterAll, setDefaultTimeout } from 'bun:test'
import { builtInPlugins } from '../../src/built-in.ts'
import { TEST_DATABASE } from '../../src/plugin/external/test-database.ts'
import { contractSuite } from '../../src/test-kit.ts'
import { startTestDatabases } from '../support/database.ts'

setDefaultTimeout(60_000)

const databases = await startTestDatabases()
process.env[TEST_DATABASE] = await databases.create()
afterAll(async () => {
  delete process.env[TEST_DATABASE]
  await databases.stop()
})

/** Settings without which a plugin says that it is not set up, and no more. */
const config = { webhooks: { secret: 'of the contract suite, and of nobody else' } }

for (const plugin of builtInPlugins) contractSuite(plugin, { config })
