/** drizzle-kit writes each plugin's migrations into a folder of its own: `bun run migration c3d-reader`. */
import { defineConfig } from 'drizzle-kit'

const plugin = process.env.PLUGIN ?? 'c3d-reader'
const tables: Readonly<Record<string, string>> = {
  'c3d-reader': './plugins/c3d-reader/recordings/tables.ts',
}

export default defineConfig({
  dialect: 'postgresql',
  schema: tables[plugin] ?? '',
  out: `./drizzle/${plugin}`,
})
