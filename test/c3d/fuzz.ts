/** The long fuzz run: `bun test/c3d/fuzz.ts --runs N [--seed S]`. Prints each ending's count and the slowest file. */

import fc from 'fast-check'
import { damage, damaged, readAll } from './mutations.ts'

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

const runs = option('--runs', 200_000)
const seed = option('--seed', Date.now() & 0x7fffffff)
console.log(`${runs} runs with seed ${seed}`)

const endings: Record<string, number> = {}
let slowest = 0
const start = performance.now()
fc.assert(
  fc.property(damage, (made) => {
    const bytes = damaged(made)
    const begin = performance.now()
    const ending = readAll(bytes)
    slowest = Math.max(slowest, performance.now() - begin)
    endings[ending] = (endings[ending] ?? 0) + 1
  }),
  { numRuns: runs, seed },
)
console.table(endings)
console.log(
  `${((performance.now() - start) / 1000).toFixed(1)} s in all, the slowest file ${slowest.toFixed(1)} ms`,
)
