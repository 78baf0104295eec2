/** A TCP proxy that is slow, cuts replies in the middle, or garbles them. */
import { createConnection, createServer, type Socket } from 'node:net'

export interface TestProxy {
  readonly port: number
  /** Added to each chunk of a reply, in ms. */
  latencyMs: number
  /** The next reply is cut after so many bytes, and with it the connection; null: none is. */
  cutAfterBytes: number | null
  /** What the next chunk of a reply is replaced by; null: nothing is. */
  garble: Uint8Array | null
  /** Connections that were made so far. */
  readonly connections: number
  close(): Promise<void>
}

export async function startTestProxy(targetPort: number): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((client) => {
    connections++
    const upstream = createConnection({ host: '127.0.0.1', port: targetPort, noDelay: true })
    const end = (): void => {
      client.destroy()
      upstream.destroy()
      sockets.delete(client)
      sockets.delete(upstream)
    }
    let due = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end).on('close', end)
    }
    client.on('data', (chunk) => upstream.write(chunk))
    upstream.on('data', (chunk: Buffer) => {
      due = Math.max(due, performance.now() + proxy.latencyMs)
      setTimeout(
        () => {
          if (proxy.cutAfterBytes !== null) {
            const part = chunk.subarray(0, proxy.cutAfterBytes)
            proxy.cutAfterBytes = null
            client.write(part, end)
            return
          }
          client.write(proxy.garble ?? chunk)
          proxy.garble = null
        },
        Math.max(0, due - performance.now()),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const proxy: TestProxy = {
    port: typeof address === 'object' && address ? address.port : 0,
    latencyMs: 0,
    cutAfterBytes: null,
    garble: null,
    get connections() {
      return connections
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return proxy
}
