/** The same bytes and parameters give the same analysis, bit for bit: again, and in a Worker. */
import { afterAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { analyze, planOf } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'

const worker = new Worker(new URL('../support/analysis-worker.ts', import.meta.url))
afterAll(() => worker.terminate())

function inWorker(bytes: Uint8Array): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>()
  worker.onmessage = ({ data }: MessageEvent<string[]>) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
  worker.postMessage(bytes)
  return promise
}

const here = (bytes: Uint8Array): string[] =>
  ['clinical', 'ghostly'].map((preset) => JSON.stringify(analyze(c3dFormat.read(bytes), planOf(preset))))

async function expectIdentical(bytes: Uint8Array): Promise<void> {
  const first = here(bytes)
  expect(first.every((json) => json.length > 1000)).toBe(true)
  // As text, so that not even a sign of zero differs.
  expect(here(bytes)).toEqual(first)
  expect(await inWorker(bytes)).toEqual(first)
}

describe('an analysis is the same again, and in a Worker', () => {
  test.each(sampleRecordings().map(({ fileName, bytes }) => [fileName, bytes] as const))('%s', (_, bytes) =>
    expectIdentical(bytes()),
  )

  const folder = SHARED ? join(SHARED, 'data/c3d/ghostly') : ''
  test.skipIf(!SHARED).each(SHARED ? readdirSync(folder) : ['recordings of a game'])(
    `%s${sharedNote}`,
    (file) => expectIdentical(readFileSync(join(folder, file))),
  )
})
