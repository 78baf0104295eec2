/** What a long export takes. */
import { expect, test } from 'bun:test'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../support/server.ts'

const MIB = 2 ** 20

test('Parquet of six times the samples takes hardly more memory', async () => {
  await using folder = await temporaryFolder('myoserve-exports-')
  async function peakOf(channels: number): Promise<{ peak: number; size: number }> {
    const path = join(folder.path, `${channels}.parquet`)
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, 'many-samples.ts'), `${channels}`, path],
      {
        stderr: 'inherit',
      },
    )
    expect(await child.exited).toBe(0)
    return { peak: child.resourceUsage()?.maxRSS ?? Number.NaN, size: (await stat(path)).size }
  }
  const few = await peakOf(2)
  const many = await peakOf(12)
  expect(many.size - few.size).toBeGreaterThan(60 * MIB)
  // 50 to 80 MiB of garbage come before the collector does; samples and file kept whole would make it 300.
  expect(many.peak - few.peak).toBeLessThan(180 * MIB)
}, 60_000)
