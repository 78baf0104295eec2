/** Plugins and host services for tests of the host. */
import pino from 'pino'
import { createCacheSystem } from '../cache/system.ts'
import { systemClock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { BlobStore } from '../storage/blobs.ts'
import { createInlineWorkers } from '../workers/inline.ts'
import { definePlugin, type PluginDefinition } from './define.ts'
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

/** A host whose plugins touch neither database nor disk. */
export async function hostOf(...plugins: ReturnType<typeof plugin>[]): Promise<PluginHost> {
  const host: PluginHost = await createPluginHost(plugins, {
    db: {} as Database,
    blobs: {} as BlobStore,
    cache: createCacheSystem({ memoryBytes: 1e6, secret: 'test' }),
    clock: systemClock,
    log: pino({ level: 'silent' }),
    workers: createInlineWorkers((name) => host.tasks(name)),
    configOf: () => ({}),
  })
  return host
}
