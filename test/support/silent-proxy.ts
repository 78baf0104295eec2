/** Stands between a program and a PostgreSQL on a unix socket, and can fall silent or cut. */
import { createConnection, createServer, type Socket } from 'node:net'

export interface SilentProxy {
  /** The same database, through the proxy. */
  readonly url: string
  /** Holds back what the server says, or what either side says, without a word; 'nothing' lets all of it through. */
  hold: 'nothing' | 'answers' | 'all'
  /** Pieces that are held back. */
  readonly held: number
  /** Lets the first of them through. */
  release(count: number): void
  /** Cuts all connections. */
  cut(): void
  close(): Promise<void>
}

/** @param url of a database as `startTestDatabases` gives it */
export async function startSilentProxy(url: string): Promise<SilentProxy> {
  const target = new URL(url)
  const path = `${target.searchParams.get('host')}/.s.PGSQL.${target.port}`
  const sockets = new Set<Socket>()
  let hold: SilentProxy['hold'] = 'nothing'
  let held: Array<() => void> = []
  const pass = (isAnswer: boolean, action: () => void): void => {
    if (hold === 'all' || (hold === 'answers' && isAnswer)) held.push(action)
    else action()
  }
  const server = createServer((client) => {
    const upstream = createConnection({ path })
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => pass(from === upstream, () => to.write(chunk)))
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        pass(from === upstream, () => to.destroy())
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  target.searchParams.delete('host')
  target.host = `127.0.0.1:${port}`
  return {
    url: target.href,
    get hold() {
      return hold
    },
    set hold(value) {
      hold = value
      if (value !== 'nothing') return
      const waiting = held
      held = []
      for (const action of waiting) action()
    },
    get held() {
      return held.length
    },
    release(count) {
      for (const action of held.splice(0, count)) action()
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    close() {
      hold = 'nothing'
      held = []
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
