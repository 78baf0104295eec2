/** The other plugins, with it and without it. */
import { routeShape } from '../../../http/route.ts'
import type { TestHost } from '../test-host.ts'
import type { ContractCase } from './case.ts'
import { contributionsOf } from './contributions.ts'
import type { Subject } from './subject.ts'

/** What the others give: each line is a thing of one of them. */
async function listing({ host, service }: TestHost, { plugin, others }: Subject): Promise<string[]> {
  const prefix = `myoserve_${plugin.name.replaceAll('-', '_')}_`
  const metrics = (await host.metrics()).filter(({ name }) => !name.startsWith(prefix))
  return [
    ...host.states().map(({ name, state }) => `${name} is ${state}`),
    ...host.routes().map((route) => `the route ${routeShape(route)}`),
    ...host.commands().map(({ name }) => `the command ${name}`),
    ...metrics.map(({ name }) => `the metric ${name}`),
    ...others.flatMap((other) =>
      contributionsOf(other, service(other)).map(({ kind, id }) => `the ${kind} ${id} of ${other.name}`),
    ),
  ]
}

export const untouchedNeighbours: ContractCase = {
  title: 'it takes nothing away from other plugins',
  async examine(subject) {
    const dependants = subject.others.filter(({ needs = {} }) =>
      Object.values(needs).some(({ name }) => name === subject.plugin.name),
    )
    // What needs it is not there without it, so that there is nothing to compare.
    if (dependants.length > 0) return []
    await using without = await subject.openWithout()
    await using host = await subject.open()
    const now = new Set(await listing(host, subject))
    return (await listing(without, subject))
      .filter((line) => !now.has(line))
      .map((line) => `gone with it: ${line}`)
  },
}
