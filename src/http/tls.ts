/** Our certificate and its key, from files that may change while the server runs. */
import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'

/** Paths of PEM files. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** What the files hold. The key is in it: not to be logged. */
export interface TlsPair {
  readonly cert: string
  readonly key: string
  /** Another text for another pair. */
  readonly id: string
}

/** How often the files are looked at: certificates are renewed by others, who tell us nothing. */
const LOOK_MS = 2000

const DAY_MS = 86_400_000

/** @throws {Failure} 78 with a sentence that holds nothing of the key */
export async function readTlsPair({ certFile, keyFile }: TlsFiles): Promise<TlsPair> {
  const read = (name: string, path: string): Promise<string> =>
    readFile(path, 'utf8').catch((cause: unknown) => {
      throw new Failure(EXIT.badConfiguration, `${name} cannot be read: ${messageOf(cause)}`, { cause })
    })
  const cert = await read('TLS_CERT_FILE', certFile)
  const key = await read('TLS_KEY_FILE', keyFile)
  const id = createHash('sha256').update(cert).update('\0').update(key).digest('hex')
  return { cert, key, id }
}

/** Until when the first certificate of a file is valid, ms since 1970; null where there is none. */
function validUntil({ cert }: TlsPair): number | null {
  try {
    return Date.parse(new X509Certificate(cert).validTo)
  } catch {
    return null
  }
}

/** Says in the log what a certificate has to hope for. */
export function tellValidity(pair: TlsPair, log: Logger): void {
  const until = validUntil(pair)
  if (until === null) return
  const days = Math.floor((until - Date.now()) / DAY_MS)
  if (days < 14)
    log.warn({ days }, days < 0 ? 'tls: the certificate has expired' : 'tls: the certificate expires soon')
}

/**
 * Looks at the files again and again.
 *
 * @param use takes a pair that is another one; where it throws, the pair in use stays, and that one is tried again when
 *   the files change once more
 * @returns ends it
 */
export function watchTlsPair(
  files: TlsFiles,
  first: TlsPair,
  use: (pair: TlsPair) => void,
  log: Logger,
  lookMs = LOOK_MS,
): () => void {
  let seen = first.id
  const look = async (): Promise<void> => {
    let pair: TlsPair
    try {
      pair = await readTlsPair(files)
    } catch {
      // Files that are being replaced are there at the next look.
      return
    }
    if (pair.id === seen) return
    seen = pair.id
    try {
      use(pair)
      log.info('tls: the certificate was read again')
      tellValidity(pair, log)
    } catch (error) {
      log.error(
        { reason: messageOf(error) },
        'tls: the files have changed and are of no use; the former ones stay',
      )
    }
  }
  const timer = setInterval(() => void look(), lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
