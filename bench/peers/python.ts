/** Python doing the same work on the same samples. */
import { unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What a Python program prints as JSON; null where there is no Python, or not what it needs.
 *
 * @param program arguments of `python3`
 * @param samples in a file of doubles, channel after channel; its path is the `path` of the request
 * @param request what the program reads as JSON
 */
export async function askPython<Answer>(
  program: readonly string[],
  samples: readonly Float64Array[],
  request: object,
): Promise<Answer | null> {
  const path = join(tmpdir(), `myoserve-bench-${process.pid}.f64`)
  await Bun.write(path, new Blob(samples.map((each) => new Uint8Array(each.slice().buffer))))
  try {
    const child = Bun.spawn(['python3', ...program], {
      stdin: new Blob([JSON.stringify({ ...request, path })]),
      stdout: 'pipe',
      stderr: 'ignore',
    })
    const text = await new Response(child.stdout).text()
    return (await child.exited) === 0 ? (JSON.parse(text) as Answer) : null
  } catch {
    return null
  } finally {
    unlinkSync(path)
  }
}
