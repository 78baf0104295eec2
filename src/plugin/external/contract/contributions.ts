/** What it has added to other plugins, each thing held against what everything of its kind holds. */
import { messageOf } from '../../../exit.ts'
import type { Contribution, Plugin } from '../../define.ts'
import type { ContractCase } from './case.ts'

/** Everything that was added to a plugin, by whomever. */
export const contributionsOf = (plugin: Plugin, service: unknown): readonly Contribution[] =>
  plugin.contributions?.(service) ?? []

const nameOf = ({ kind, id }: Contribution): string => `${kind} ${id}`

async function faultsOf(contribution: Contribution): Promise<string[]> {
  try {
    return [...(await contribution.examine())].map((fault) => `the ${nameOf(contribution)}: ${fault}`)
  } catch (error) {
    return [`the ${nameOf(contribution)} cannot be examined: ${messageOf(error)}`]
  }
}

export const soundContributions: ContractCase = {
  title: 'what it adds to other plugins holds on signals and files of every kind',
  async examine(subject) {
    const { plugin, others } = subject
    const host = await subject.shared()
    const dependants = others.filter(({ needs = {} }) =>
      Object.values(needs).some(({ name }) => name === plugin.name),
    )
    const own = contributionsOf(plugin, host.given.service)
    const open = dependants.length > 0 ? null : await subject.openWithout()
    try {
      // Of the plugin itself, and of those that were there before it, whatever is new.
      const added = others.flatMap((other) => {
        if (!other.contributions || !open) return []
        const before = new Set(contributionsOf(other, open.service(other)).map(nameOf))
        return contributionsOf(other, host.service(other)).filter((each) => !before.has(nameOf(each)))
      })
      const faults: string[] = []
      for (const contribution of [...own, ...added]) faults.push(...(await faultsOf(contribution)))
      return faults
    } finally {
      await open?.[Symbol.asyncDispose]()
    }
  },
}
