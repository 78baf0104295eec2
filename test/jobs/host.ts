/** Jobs of plugins in the host: they run as their plugins do, and wait while those are set aside. */
import { expect, test } from 'bun:test'
import * as v from 'valibot'
import { createCacheSystem } from '../../src/cache/system.ts'
import { systemClock } from '../../src/clock.ts'
import { event, on } from '../../src/jobs/event.ts'
import { job } from '../../src/jobs/job.ts'
import { createLog } from '../../src/observe/log.ts'
import { definePlugin, type PluginContext } from '../../src/plugin/define.ts'
import { createPluginHost, type PluginHost } from '../../src/plugin/host.ts'
import type { BlobStore } from '../../src/storage/blobs.ts'
import { newVaultKey } from '../../src/vault/key.ts'
import { vaultOf } from '../../src/vault/vault.ts'
import { createInlineWorkers } from '../../src/workers/inline.ts'
import { openNode, type TestNode, until } from './node.ts'

export function testHost(at: TestNode): void {
  test('jobs and handlers of a plugin run with its service, wait while it is quarantined, and say why', async () => {
    await using own = await openNode(await at.databases.create())
    const log = createLog('silent')
    const seen: string[] = []
    const measured = event({ name: 'grip.measured', schema: v.object({}) })
    const work = job({
      name: 'work',
      schema: v.object({}),
      run: ({ service }: { readonly service: string }) => void seen.push(service),
    })
    let context: Pick<PluginContext, 'jobs' | 'events'> | undefined
    const common = { version: '1.0.0', host: '^1', summary: 's' }
    const grip = definePlugin({
      ...common,
      name: 'grip',
      emits: [measured],
      jobs: [work],
      setup(given) {
        context = given
        return 'of grip'
      },
    })
    const ear = definePlugin({
      ...common,
      name: 'ear',
      on: [on(measured, (_, service: string) => void seen.push(service))],
      setup: () => 'of ear',
    })
    const host: PluginHost = await createPluginHost([grip, ear], {
      db: own.database.db,
      blobs: {} as BlobStore,
      vault: vaultOf([newVaultKey()]),
      cache: createCacheSystem({ memoryBytes: 2 ** 20, secret: 's', log }),
      clock: systemClock,
      log,
      jobs: own.system,
      workers: createInlineWorkers((name) => host.tasks(name)),
      configOf: () => ({}),
    })
    await host.start()
    const emit = () => own.database.db.transaction(async (tx) => context?.events.emit(measured, {}, tx))
    await context?.jobs.enqueue(work, {})
    await emit()
    await until(() => seen.length === 2)
    expect(seen.toSorted()).toEqual(['of ear', 'of grip'])

    host.quarantine('ear', 'it loops')
    await emit()
    const { operator } = own.system
    await until(async () => (await operator.list({ plugin: 'ear', state: 'waiting' }, 2))[0]?.held !== null)
    const [waiting] = await operator.list({ plugin: 'ear' }, 1)
    expect(waiting).toMatchObject({ state: 'waiting', held: 'the plugin ear is quarantined: it loops' })
    const id = await context?.jobs.enqueue(work, {})
    await own.reach(id ?? '', 'completed')
    expect(seen).toHaveLength(3)
    await host.stop()
  })
}
