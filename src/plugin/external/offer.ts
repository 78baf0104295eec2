/** Modules of the host that external plugins import by name: the same objects that the host itself works with. */
import { plugin } from 'bun'

/** Loads each module that is offered, by the name under which it is. */
export type ModuleOffer = Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>>

const offered = new Set<string>()

/**
 * Makes the modules importable in this process. Does nothing for those that are already.
 *
 * @see https://bun.com/docs/runtime/plugins#virtual-modules
 */
export async function offerModules(offer: ModuleOffer): Promise<void> {
  const names = Object.keys(offer).filter((name) => !offered.has(name))
  // All are loaded before the first is registered: from then on its name leads here.
  const modules = await Promise.all(names.map(async (name) => [name, await offer[name]!()] as const))
  plugin({
    name: 'myoserve',
    setup(build) {
      for (const [name, exports] of modules) {
        offered.add(name)
        build.module(name, () => ({ exports: exports as Record<string, unknown>, loader: 'object' }))
      }
    },
  })
}
