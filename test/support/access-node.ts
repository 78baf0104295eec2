/** Servers without a login, in this process: several of them on one database, asked by whom a test says. */
import { join } from 'node:path'
import { builtInPlugins } from '../../src/built-in.ts'
import { openCache } from '../../src/cache/open.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfiguration, type Section } from '../../src/config/load.ts'
import { connectDatabase } from '../../src/database/connection.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { createApp } from '../../src/http/app.ts'
import { type Identity, NOBODY, OPEN } from '../../src/identity/identity.ts'
import { openJobs } from '../../src/jobs/open.ts'
import { createLog } from '../../src/observe/log.ts'
import { type TestIdentity, testIdentity } from '../../src/plugin/external/test-identity.ts'
import { createPluginHost, type PluginHost } from '../../src/plugin/host.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { openBlobStore } from '../../src/storage/blobs.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'
import { newVaultKey } from '../../src/vault/key.ts'
import { vaultOf } from '../../src/vault/vault.ts'
import { createInlineWorkers } from '../../src/workers/inline.ts'

/** Who asks; `everybody` is whoever reaches a server without access control. */
export type Asker = TestIdentity | 'nobody' | 'everybody'

/** An answer, read. */
export interface NodeAnswer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** What is sent: JSON, or the bytes of a recording. */
export type Sent = object | Uint8Array<ArrayBuffer>

export interface AccessNode extends AsyncDisposable {
  /** The answer as it comes, for streams and files. */
  fetch(
    as: Asker,
    method: string,
    path: string,
    sent?: Sent,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
  /** The answer to a request, from JSON. */
  ask<T = unknown>(
    as: Asker,
    method: string,
    path: string,
    sent?: Sent,
    headers?: Readonly<Record<string, string>>,
  ): Promise<NodeAnswer<T>>
  readonly database: ReturnType<typeof connectDatabase>
  /** Takes everything from somebody, from now on. */
  revoke(name: string): void
}

const requestOf = (
  method: string,
  path: string,
  sent: Sent | undefined,
  given?: Readonly<Record<string, string>>,
): Request => {
  const headers = new Headers(given)
  headers.set('host', '127.0.0.1')
  // As every browser says of a request of its own page.
  headers.set('sec-fetch-site', 'same-origin')
  if (sent !== undefined && !(sent instanceof Uint8Array)) headers.set('content-type', 'application/json')
  const body = sent === undefined || sent instanceof Uint8Array ? sent : JSON.stringify(sent)
  return new Request(`http://127.0.0.1${path}`, { method, headers, ...(body !== undefined && { body }) })
}

/** @param at an empty or migrated database, and a folder that the nodes on it share */
export async function startAccessNode(at: {
  readonly url: string
  readonly folder: string
}): Promise<AccessNode> {
  await using opened = new AsyncDisposableStack()
  const log = createLog('silent')
  const database = connectDatabase({ url: at.url })
  opened.defer(database.close)
  await applyMigrations(database.sql, migrationSets(builtInPlugins))
  const sections = builtInPlugins.flatMap(({ name, config }): Section[] =>
    config ? [{ name, schema: config }] : [],
  )
  const file = { path: join(at.folder, 'none.json'), explicit: false }
  const configuration = loadConfiguration(sections, { flags: {}, env: {}, file })
  const cache = await openCache({ database, host: configuration.host, log })
  opened.defer(cache.close)
  const jobs = await openJobs({ database, log })
  opened.defer(jobs.close)
  const data = await openDataFolder(join(at.folder, 'data'))
  const host: PluginHost = await createPluginHost(builtInPlugins, {
    db: database.db,
    blobs: openBlobStore(data.recordings, data.tmp),
    vault: vaultOf([newVaultKey()]),
    cache,
    clock: systemClock,
    log,
    workers: createInlineWorkers((name) => host.tasks(name)),
    jobs,
    configOf: (plugin) => configuration.plugins[plugin.name],
  })
  opened.defer(host.stop)
  await host.start()
  opened.defer(jobs.stop)
  const asking = new WeakMap<Request, Identity>()
  const revoked = new Set<string>()
  const app = createApp({
    routes: host.routes(),
    log,
    cache,
    release: 'test',
    access: {
      identify({ req }) {
        const identity = asking.get(req.raw) ?? NOBODY
        return revoked.has(identity.name) ? NOBODY : identity
      },
      records: host.records(),
    },
  })
  const identityOf = (as: Asker): Identity => {
    if (as === 'everybody') return OPEN
    return as === 'nobody' ? NOBODY : testIdentity(as, host)
  }
  const fetched: AccessNode['fetch'] = async (as, method, path, sent, headers) => {
    const request = requestOf(method, path, sent, headers)
    asking.set(request, identityOf(as))
    return app.fetch(request)
  }
  const running = opened.move()
  return {
    fetch: fetched,
    async ask(...args) {
      const answer = await fetched(...args)
      const text = await answer.text()
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? undefined : JSON.parse(text),
      } as never
    },
    database,
    revoke: (name) => void revoked.add(name),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
