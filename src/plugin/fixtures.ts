/** Plugins and host services for tests of the host. */
import pino from 'pino'
import { createCacheSystem } from '../cache/system.ts'
import { systemClock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { BlobStore } from '../storage/blobs.ts'
import { definePlugin, type PluginDefinition } from './define.ts'
import { createPluginHost } from './host.ts'

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
export const hostOf = (...plugins: ReturnType<typeof plugin>[]) =>
  createPluginHost(plugins, {
    db: {} as Database,
    blobs: {} as BlobStore,
    cache: createCacheSystem({ memoryBytes: 1e6, secret: 'test' }),
    clock: systemClock,
    log: pino({ level: 'silent' }),
    configOf: () => ({}),
  })
