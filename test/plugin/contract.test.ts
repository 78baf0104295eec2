/** Every built-in plugin holds the contract that authors of others are held to, on the real PostgreSQL. */
import { afterAll } from 'bun:test'
import { builtInPlugins } from '../../src/built-in.ts'
import { TEST_DATABASE } from '../../src/plugin/external/test-database.ts'
import { contractSuite } from '../../src/test-kit.ts'
import { startTestDatabases } from '../support/database.ts'

const databases = await startTestDatabases()
process.env[TEST_DATABASE] = await databases.create()
afterAll(async () => {
  delete process.env[TEST_DATABASE]
  await databases.stop()
})

for (const plugin of builtInPlugins) contractSuite(plugin)
