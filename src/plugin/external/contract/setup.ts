/** Its setup: pure, and repeatable. */
import type { ContractCase } from './case.ts'
import { watchDisk } from './disk.ts'

export const pureSetup: ContractCase = {
  title: 'its setup uses neither database nor disk nor network',
  async examine(subject) {
    const touched = new Set<string>()
    const host = await subject.open({
      touched: (what) => touched.add(what),
      around: (setup) => watchDisk((what) => touched.add(what), setup),
    })
    await host[Symbol.asyncDispose]()
    return [...touched].map((what) => `its setup uses ${what}`)
  },
}

const isShared = (a: unknown, b: unknown): boolean =>
  a === b && ((typeof a === 'object' && a !== null) || typeof a === 'function')

export const repeatableSetup: ContractCase = {
  title: 'set up twice in one process, it gives two services that share no state',
  async examine(subject) {
    await using first = await subject.open()
    await using second = await subject.open()
    const faults: string[] = []
    if (isShared(first.given.service, second.given.service)) {
      faults.push('both setups gave the same service: make it in the setup, not beside it')
    }
    const before = JSON.stringify(await second.metrics().then(own(subject.plugin.name)))
    for (const { method, path } of first.given.routes) {
      if (method === 'get' && !path.includes('{')) await (await first.fetch(path)).body?.cancel()
    }
    const after = JSON.stringify(await second.metrics().then(own(subject.plugin.name)))
    if (before !== after) faults.push('requests to one service change the metrics of the other')
    return faults
  },
}

/** Those of a plugin. */
const own = (name: string) => (metrics: ReadonlyArray<{ readonly name: string }>) =>
  metrics.filter((metric) => metric.name.startsWith(`myoserve_${name.replaceAll('-', '_')}_`))
