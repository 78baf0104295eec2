/** The app of a server whose plugins come and go: made anew with them, and put in place of the former in one step. */
import type { AuditSystem } from '../audit/open.ts'
import type { CacheSystem } from '../cache/system.ts'
import type { DatabaseHealth } from '../database/open.ts'
import { createApp } from '../http/app.ts'
import type { AccessControl } from '../http/guard.ts'
import type { Answering } from '../http/listen.ts'
import type { Network } from '../http/network.ts'
import type { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Limits } from '../limits/limits.ts'
import type { Logger } from '../observe/log.ts'
import type { PluginHost } from '../plugin/host.ts'
import { quarantinedProblem } from '../plugin/mount.ts'
import { VERSION } from '../version.ts'
import { marked } from '../workers/marked.ts'
import { serverRoutes } from './routes.ts'

export interface ServingOptions {
  readonly host: PluginHost
  /** Asks the database how it is, in bounded time; never throws. */
  readonly database: () => Promise<DatabaseHealth>
  readonly cache: CacheSystem
  /** Says who asks. */
  readonly identify: AccessControl['identify']
  /** Routes of the host beside those about itself and the audit log. */
  readonly own?: readonly Route[]
  /** Records who asks for what; absent: nothing is recorded. */
  readonly audit?: AuditSystem
  /** Absent: it answers for loopback names, and believes no proxy. */
  readonly network?: Network
  /** Absent: as much as anybody likes. */
  readonly limits?: Limits
  readonly log: Logger
}

const EXTERNAL = /^(?:https?:\/\/[^/]+)?\/api\/plugins\/([^/?#]+)/

/** The external plugin that an address or a path belongs to. */
const ownerOf = (address: string): string | undefined => EXTERNAL.exec(address)?.[1]

/** Requests are answered by the app that is there as they come, to their end. */
export function createServing(options: ServingOptions): Answering {
  const { host, database, cache, identify, own, audit, network = {}, limits, log } = options
  const startedAt = Date.now()
  const missing = (path: string): Problem | undefined => {
    const name = ownerOf(path)
    const reason = name === undefined ? undefined : host.quarantined(name)
    return reason === undefined ? undefined : quarantinedProblem(name as string, reason)
  }
  const make = () =>
    createApp({
      routes: serverRoutes(host, database, startedAt, audit, own),
      log,
      cache,
      access: { identify, records: host.records() },
      release: `${VERSION}, ${host.edition()}`,
      audit: audit?.request,
      network,
      limits,
      missing,
    })
  let app = make()
  host.onChange(() => {
    app = make()
  })
  return {
    async fetch(request, connection) {
      const owner = ownerOf(request.url)
      // A request for a plugin that is being reloaded waits for it; nobody else does.
      if (owner !== undefined) await host.returning(owner)
      return owner === undefined
        ? app.fetch(request, { connection })
        : marked(owner, () => app.fetch(request, { connection }))
    },
  }
}
