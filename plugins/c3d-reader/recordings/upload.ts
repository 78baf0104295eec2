/** Finds the file in an upload: a multipart form (RFC 7578) or the raw body, always as a stream. */
import { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { Problem } from '../../../src/sdk.ts'

const binary = { type: 'string', format: 'binary' }

/** The forms of an upload, for the OpenAPI document. */
export const UPLOAD_BODY = {
  'application/octet-stream': binary,
  'multipart/form-data': { type: 'object', properties: { file: binary }, required: ['file'] },
}

/** The bytes of an upload and the name it came with. */
export interface UploadedFile {
  readonly fileName: string
  readonly bytes: AsyncIterable<Uint8Array>
}

const badForm = (reason: string): Problem => new Problem(400, 'BAD_FORM', reason)

/** RFC 6266 and 8187: `filename*` wins over `filename`. */
function dispositionName(header: string | undefined): string | undefined {
  const encoded = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(header ?? '')?.[1]
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded)
    } catch {
      throw new Problem(
        400,
        'BAD_FILE_NAME',
        'filename* of Content-Disposition is not percent-encoded UTF-8.',
      )
    }
  }
  return /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i
    .exec(header ?? '')
    ?.slice(1)
    .find(Boolean)
}

function openForm(type: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { files: 1, fields: 20, fieldSize: 4096 },
    })
  } catch {
    throw badForm('The Content-Type of the form has no boundary.')
  }
}

/** Hands the first file of the form to `consume` while it streams in; settles only when `consume` has. */
async function consumeForm<T>(
  body: ReadableStream<Uint8Array>,
  type: string,
  consume: (file: UploadedFile) => Promise<T>,
): Promise<T> {
  const form = openForm(type)
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
  const { promise: read, resolve, reject } = Promise.withResolvers<void>()
  let work: Promise<T> | undefined
  form.on('file', (_field, stream, fileName) => {
    // An error of the form comes here too, maybe when nobody reads any more.
    stream.on('error', reject)
    work = consume({ fileName: fileName ?? '', bytes: stream })
    // A consumer that fails ends the reading; a form that fails ends the consumer.
    work.catch(reject)
    read.catch((error: Error) => stream.destroy(error))
  })
  form.once('error', () => reject(badForm('The form is malformed, or ends too early.')))
  form.once('finish', resolve)
  source.once('error', reject)
  source.pipe(form)
  try {
    await read
  } catch (error) {
    source.destroy()
    await work?.catch(() => undefined)
    throw error
  }
  if (!work) throw badForm('The form holds no file.')
  return work
}

/**
 * Streams the file of a request into `consume`.
 *
 * @param queryName file name given in the query
 * @throws {Problem} 400 when there is no file in the request
 */
export async function receiveUpload<T>(
  request: Request,
  queryName: string | undefined,
  consume: (file: UploadedFile) => Promise<T>,
): Promise<T> {
  const { body } = request
  if (!body) {
    throw new Problem(400, 'NO_FILE', 'The request has no body; send the recording as the body or in a form.')
  }
  const type = request.headers.get('content-type') ?? ''
  if (/^multipart\/form-data\b/i.test(type)) return consumeForm(body, type, consume)
  const disposition = dispositionName(request.headers.get('content-disposition') ?? undefined)
  return consume({ fileName: queryName ?? disposition ?? 'recording', bytes: body })
}
