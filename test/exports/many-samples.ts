/** `bun many-samples.ts CHANNELS FILE` writes Parquet of all samples of so many channels, each of a quarter of a million. */
import type { ExportSource } from '../../plugins/exports/source.ts'
import { chooseExport, saveExport, writeExport } from '../../plugins/exports/write.ts'
import { sourceOf } from './source.ts'

const SAMPLES = 250_000

const [channels, path] = process.argv.slice(2) as [string, string]

/** What does not repeat, as samples do not. */
const noise = (): Float64Array => Float64Array.from({ length: SAMPLES }, () => Math.random() - 0.5)

const source: ExportSource = {
  ...(await sourceOf()),
  async *signals() {
    for (let index = 0; index < Number(channels); index++) {
      yield { index, rate: 2000, raw: noise(), filtered: noise(), envelope: noise(), gaps: [] }
    }
  },
}
await saveExport(path, writeExport(source, chooseExport('parquet', 'signals')))
