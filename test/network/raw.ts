/** Speaks to a server byte by byte, as no well-meaning client does. */
import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number
  /** All that came, as Latin-1. */
  readonly text: string
  /** When the server closed the connection, ms after its opening; null where it did not within the time. */
  readonly closedMs: number | null
}

export interface RawOptions {
  /** Sent again and again after the request. */
  readonly drip?: string
  readonly everyMs?: number
  /** Longest wait. */
  readonly ms?: number
  /** Whether to wait for the server to close; otherwise the first answer is enough. */
  readonly untilClosed?: boolean
}

/** Sends bytes to the server of an address, and takes what comes. */
export function sendRaw(url: string, bytes: string, options: RawOptions = {}): Promise<RawAnswer> {
  const { drip, everyMs = 50, ms = 5000, untilClosed = drip !== undefined } = options
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const started = performance.now()
    const socket = connect(Number(port), hostname)
    let text = ''
    let dripping: Timer | undefined
    const end = (closedMs: number | null): void => {
      clearInterval(dripping)
      clearTimeout(limit)
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, closedMs })
    }
    const limit = setTimeout(() => end(null), ms)
    socket.on('connect', () => {
      socket.write(bytes, 'latin1')
      if (drip !== undefined) dripping = setInterval(() => socket.write(drip), everyMs)
    })
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (!untilClosed && text.includes('\r\n\r\n')) end(null)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => end(performance.now() - started))
  })
}

/** A request for a path, byte for byte. */
export const request = (method: string, path: string, lines: readonly string[] = []): string =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`
