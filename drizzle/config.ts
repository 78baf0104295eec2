/** drizzle-kit writes each plugin's migrations into a folder of its own: `PLUGIN=c3d-reader bun run migration`. */
import { defineConfig } from 'drizzle-kit'

const plugin = process.env.PLUGIN ?? 'c3d-reader'

export default defineConfig({
  dialect: 'postgresql',
  schema: `./plugins/${plugin}/**/tables.ts`,
  out: `./drizzle/${plugin}`,
})
