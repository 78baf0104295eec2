/**
 * drizzle-kit writes the migrations of each plugin, and of the host, into a folder of its own:
 * `PLUGIN=c3d-reader bun run migration`, `PLUGIN=host bun run migration`.
 */
import { defineConfig } from 'drizzle-kit'

const plugin = process.env.PLUGIN ?? 'c3d-reader'

export default defineConfig({
  dialect: 'postgresql',
  schema: plugin === 'host' ? './src/**/tables.ts' : `./plugins/${plugin}/**/tables.ts`,
  out: `./drizzle/${plugin}`,
})
