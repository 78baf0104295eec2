/** A storage of a test: raw sockets, so that it can lie as no HTTP library would let it. */
import { createServer, type Socket } from 'node:net'

/** Answers one request. */
export type Answer = (socket: Socket, request: string) => void

export interface Origin {
  readonly url: string
  /** Heads of the requests so far. */
  readonly requests: readonly string[]
  /** Sets what a path answers. */
  at(path: string, answer: Answer): string
  stop(): Promise<void>
}

const head = (status: string, headers: Readonly<Record<string, string | number>>): string =>
  `HTTP/1.1 ${status}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}connection: close\r\n\r\n`

/** A file as it should come. */
export const file =
  (bytes: Uint8Array): Answer =>
  (socket) => {
    socket.write(head('200 OK', { 'content-length': bytes.length }))
    socket.end(bytes)
  }

/** Nothing but a status. */
export const status =
  (text: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (socket) =>
    void socket.end(head(text, { 'content-length': 0, ...headers }))

/** Breaks off after a part of what it has promised. */
export const cut =
  (bytes: Uint8Array): Answer =>
  (socket) => {
    socket.write(head('200 OK', { 'content-length': bytes.length }))
    socket.end(bytes.subarray(0, bytes.length >> 1))
  }

/** Says a length, and sends nothing. */
export const promise =
  (length: number): Answer =>
  (socket) =>
    void socket.write(head('200 OK', { 'content-length': length }))

/** Never ends, and says no length. */
export const endless: Answer = (socket) => {
  const chunk = new Uint8Array(65_536)
  socket.write(head('200 OK', {}))
  const send = (): void => {
    while (!socket.destroyed && socket.write(chunk)) {
      // As fast as the other side takes it.
    }
  }
  socket.on('drain', send)
  send()
}

/** One answer after the other; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let turn = 0
  return (socket, request) => answers[Math.min(turn++, answers.length - 1)]?.(socket, request)
}

export async function startOrigin(): Promise<Origin> {
  const answers = new Map<string, Answer>()
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('data', (data) => {
      const request = String(data)
      requests.push(request)
      const path = (request.split(' ')[1] ?? '').split('?')[0] as string
      const answer = answers.get(path) ?? status('404 Not Found')
      answer(socket, request)
    })
  })
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await listening
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the origin does not listen')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    requests,
    at(path, answer) {
      answers.set(path, answer)
      return `${url}${path}`
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
