/** The raw body of a webhook, read under a limit. */
import { Problem } from '../../../src/sdk.ts'

/** A message names a recording and does not bear it. */
const MOST_BYTES = 64 * 1024

/** @throws {Problem} 413 BODY_TOO_LARGE */
export async function readBody(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > MOST_BYTES)
      throw new Problem(413, 'BODY_TOO_LARGE', `The body may have up to ${MOST_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
