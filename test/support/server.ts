/** Starts the product's server as a process of its own, on a free port and a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnv } from './cli.ts'
import type { Target } from './targets.ts'

export interface TestServer {
  readonly url: string
  readonly pid: number
  /** Everything it printed on standard output until it was ready. */
  readonly banner: string
  /** Ends it with a signal; resolves with its exit code. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
  /** What it wrote to standard error so far. */
  log(): string
}

export interface ServerOptions {
  readonly data: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A folder for one test's data, removed by `dispose`. */
export async function temporaryFolder(
  prefix = 'myoserve-test-',
): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), prefix))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** @throws when the server ends before it is ready, with what it said */
export async function startTestServer(target: Target, options: ServerOptions): Promise<TestServer> {
  const child = Bun.spawn(
    [...target.command, 'serve', '--port', '0', '--data', options.data, ...(options.args ?? [])],
    { cwd: '/', env: cleanEnv(options.env), stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' },
  )
  let log = ''
  const decoder = new TextDecoder()
  const collecting = (async () => {
    for await (const chunk of child.stderr) log += decoder.decode(chunk, { stream: true })
  })()
  let banner = ''
  for await (const chunk of child.stdout) {
    banner += new TextDecoder().decode(chunk)
    if (banner.includes('/api/docs\n')) break
  }
  const url = /ready at (https?:\/\/\S+)/.exec(banner)?.[1]
  if (url === undefined) {
    await Promise.all([child.exited, collecting])
    throw new Error(`the server ended with ${child.exitCode}: ${banner}${log}`)
  }
  return {
    url,
    pid: child.pid,
    banner,
    log: () => log,
    async kill(signal = 'SIGTERM') {
      child.kill(signal)
      await child.exited
      return child.exitCode
    },
  }
}
