/** `bun run build [--target bun-linux-arm64]`: the one executable, with PostgreSQL and all assets inside. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packKit } from './pack-kit.ts'
import { packPage } from './pack-page.ts'
import { packPostgres } from './pack-postgres.ts'

const PROJECT = join(import.meta.dir, '../..')
const { values } = parseArgs({ options: { target: { type: 'string' }, out: { type: 'string' } } })

const host = `bun-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const target = values.target ?? host
const platform = target.replace(/^bun-/, '').replace(/-(baseline|modern|musl)\b/g, '')
const windows = platform.startsWith('windows')
const out = values.out ?? join(PROJECT, 'dist', windows ? 'myoserve.exe' : 'myoserve')

mkdirSync(join(PROJECT, 'dist'), { recursive: true })
const archives = await Promise.all([
  packPostgres(platform, join(PROJECT, 'dist')),
  packKit(join(PROJECT, 'dist')),
  packPage(join(PROJECT, 'dist')),
])

const result = await Bun.build({
  entrypoints: [join(PROJECT, 'src/main.ts'), join(PROJECT, 'src/watchdog/thread.ts'), ...archives.flat()],
  compile: { target: target as Bun.Build.CompileTarget, outfile: out },
  loader: { '.zst': 'file', '.tar': 'file' },
  format: 'esm',
  // Halves the time that every command takes to start. What another machine makes of bytecode nobody here can see.
  bytecode: target === host,
  minify: { whitespace: true, syntax: true, identifiers: false },
  sourcemap: 'none',
})
for (const log of result.logs) console.error(log)
if (!result.success) process.exit(1)
console.log(`${out}  ${(statSync(out).size / 2 ** 20).toFixed(1)} MiB  (${target})`)
