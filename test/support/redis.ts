/** A real redis-server for a test, in a temporary folder, that can be made to fail in every way. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { REDIS_SERVER } from './redis-server.ts'

export interface TestRedisOptions {
  /** Taken when free; some free one when absent. */
  readonly port?: number
  readonly password?: string
  /** Beside the defaults: no saving, loopback only. */
  readonly config?: Readonly<Record<string, string>>
  /** It runs as a sentinel, by these lines of its configuration. */
  readonly sentinel?: readonly string[]
  /** It speaks TLS on its port, by these PEM files. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string }
}

export interface TestRedis {
  readonly url: string
  readonly port: number
  pid(): number
  /** Sends a command by a connection of its own. */
  command(...args: readonly string[]): Promise<unknown>
  /** SIGKILL. */
  kill(): Promise<void>
  /** SIGSTOP: connections stay, answers do not come. */
  freeze(): void
  thaw(): void
  /** On the same port, with nothing in it. */
  restart(): Promise<void>
  /** Drops the connections of all its clients. */
  cut(): Promise<void>
  /** From then on it refuses writes over this. */
  setMaxMemory(bytes: number): Promise<void>
  makeReplicaOf(primary: TestRedis): Promise<void>
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}

/** A port that was free a moment ago, below those of the Cluster's bus. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The test runner tells nobody that it ends: where there is setpriv(1), the kernel ends what a failed test left. */
const SETPRIV = Bun.which('setpriv')
const untilParentDies = SETPRIV ? [SETPRIV, '--pdeathsig', 'KILL'] : []

const running = new Set<Bun.Subprocess>()

/** Waits until something holds. @throws when it does not within the time */
export async function until(
  holds: () => boolean | Promise<boolean>,
  ms: number,
  what = 'it',
): Promise<number> {
  const started = performance.now()
  while (!(await holds())) {
    if (performance.now() - started > ms) throw new Error(`${what} did not come within ${ms} ms`)
    await Bun.sleep(5)
  }
  return performance.now() - started
}

/** @throws when it does not start */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  if (!REDIS_SERVER) throw new Error('redis-server is not installed')
  const program = REDIS_SERVER
  const { password, tls } = options
  const port = options.port ?? (await freePort())
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-redis-'))
  const config: Record<string, string> = {
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    ...(!options.sentinel && { 'repl-diskless-sync-delay': '0' }),
    port: tls ? '0' : String(port),
    ...(tls && {
      'tls-port': String(port),
      'tls-ca-cert-file': tls.ca,
      'tls-cert-file': tls.cert,
      'tls-key-file': tls.key,
    }),
    ...(password !== undefined && { requirepass: password }),
    ...options.config,
  }
  const file = join(folder, 'redis.conf')
  const { save, ...rest } = config
  const lines = Object.entries(options.sentinel ? rest : config).map(([name, value]) => `${name} "${value}"`)
  await Bun.write(file, `${[...lines, ...(options.sentinel ?? [])].join('\n')}\n`)

  let child: Bun.Subprocess
  const start = async (): Promise<void> => {
    child = Bun.spawn([...untilParentDies, program, file, ...(options.sentinel ? ['--sentinel'] : [])], {
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'ignore',
    })
    running.add(child)
    const pid = child.pid
    await until(
      async () => {
        if (child.pid === pid && child.exitCode !== null)
          throw new Error(`redis-server ended: ${child.exitCode}`)
        return (await command('PING').catch(() => null)) === 'PONG'
      },
      5000,
      'redis-server',
    )
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await child.exited
    running.delete(child)
  }
  const command = async (...args: readonly string[]): Promise<unknown> => {
    const client = createClient({
      ...(password !== undefined && { password }),
      socket: {
        host: '127.0.0.1',
        port,
        reconnectStrategy: false,
        ...(tls && {
          tls: true as const,
          ca: await Bun.file(tls.ca).text(),
          cert: await Bun.file(tls.cert).text(),
          key: await Bun.file(tls.key).text(),
        }),
      },
    })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await client.sendCommand([...args])
    } finally {
      if (client.isOpen) client.destroy()
    }
  }
  await start()
  return {
    url: `redis${tls ? 's' : ''}://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    port,
    pid: () => child.pid,
    command,
    kill,
    freeze: () => process.kill(child.pid, 'SIGSTOP'),
    thaw: () => process.kill(child.pid, 'SIGCONT'),
    async restart() {
      if (running.has(child)) await kill()
      await start()
    },
    async cut() {
      await command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    },
    async setMaxMemory(bytes) {
      await command('CONFIG', 'SET', 'maxmemory', String(bytes), 'maxmemory-policy', 'noeviction')
    },
    async makeReplicaOf(primary) {
      await command('REPLICAOF', '127.0.0.1', String(primary.port))
      const isInSync = async () =>
        String(await command('INFO', 'replication')).includes('master_link_status:up')
      await until(isInSync, 10_000, 'replication')
    },
    async stop() {
      if (running.has(child)) await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
