/** Plugins and host services for tests of the host. */
import pino from 'pino'
import { createCacheSystem } from '../cache/system.ts'
import { systemClock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import { type Route, route } from '../http/route.ts'
import { absentJobs } from '../jobs/absent.ts'
import type { BlobStore } from '../storage/blobs.ts'
import { newVaultKey } from '../vault/key.ts'
import { vaultOf } from '../vault/vault.ts'
import { createInlineWorkers } from '../workers/inline.ts'
import type { HostServices } from './context.ts'
import { definePlugin, type Plugin, type PluginDefinition } from './define.ts'
import { createPluginHost, type PluginHost } from './host.ts'

type Loose = PluginDefinition<unknown, never, Record<never, never>, Record<never, never>>

/** A plugin that does nothing, but for what a test gives it. */
export const plugin = (name: string, rest: object = {}) =>
  definePlugin({
    name,
    version: '1.0.0',
    host: '^1',
    summary: name,
    setup: () => ({ name }),
    ...rest,
  } as Loose)

/** One that notes what is done to it. */
export const traced = (name: string, calls: string[], rest: object = {}) =>
  plugin(name, {
    setup: () => void calls.push(`setup ${name}`),
    start: () => void calls.push(`start ${name}`),
    stop: () => void calls.push(`stop ${name}`),
    ...rest,
  })

/** A route that anybody may call. */
export const get = (path: string, handle: () => unknown = () => ({})): Route =>
  route({ method: 'get', path, summary: '', policy: 'public', answers: {}, handle })

/** How the plugins of a host stand: the reason of one that is quarantined. */
export const reasons = (host: PluginHost): Record<string, string> =>
  Object.fromEntries(host.states().map(({ name, state, reason }) => [name, reason ?? state]))

/** Has plugins leave, and others come. Of those that come, some may not be wanted. */
export const change = (
  host: PluginHost,
  leaving: readonly string[],
  coming: readonly Plugin[],
): Promise<void> =>
  host.change({
    leaving,
    async load(wanted) {
      const plugins = coming.filter(({ name }) => wanted.includes(name) || !leaving.includes(name))
      return { plugins, refused: [] }
    },
    migrate: async () => new Map(),
  })

/** A host whose plugins touch neither database nor disk. Those from outside come behind the others. */
export async function createTestedHost(
  plugins: readonly Plugin[],
  outside: readonly Plugin[] = [],
  given: Partial<HostServices> = {},
): Promise<PluginHost> {
  const services: HostServices = {
    db: {} as Database,
    blobs: {} as BlobStore,
    vault: vaultOf([newVaultKey()]),
    cache: createCacheSystem({ memoryBytes: 1e6, secret: 'test' }),
    clock: systemClock,
    log: pino({ level: 'silent' }),
    jobs: absentJobs(),
    workers: createInlineWorkers((name) => host.tasks(name)),
    configOf: () => ({}),
    ...given,
  }
  const outsiders = { plugins: outside, refused: [] }
  const host: PluginHost = await createPluginHost([...plugins, ...outside], services, outsiders)
  return host
}

/** The same of built-in plugins alone. */
export const hostOf = (...plugins: Plugin[]): Promise<PluginHost> => createTestedHost(plugins)
