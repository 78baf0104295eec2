/** The contract that every plugin holds, as tests. */
import { afterAll, describe, test } from 'bun:test'
import type { Plugin } from '../../define.ts'
import { hasTestDatabase } from '../test-database.ts'
import { guardedRoutes, narrowRoutes, statedConcerns } from './access.ts'
import { fittingKeys, survivingValues } from './caches.ts'
import type { ContractCase } from './case.ts'
import { soundContributions } from './contributions.ts'
import { declared } from './declaration.ts'
import { nothingLeft, restartable } from './lifecycle.ts'
import { promptHealth, steadyMetrics } from './metrics.ts'
import { ownMigrations } from './migrations.ts'
import { untouchedNeighbours } from './neighbours.ts'
import { calmRoutes, declaredRoutes } from './routes.ts'
import { pureSetup, repeatableSetup } from './setup.ts'
import { createSubject, type SubjectOptions } from './subject.ts'

/** In the order in which a plugin comes to life: what fails first says why the rest does. */
export const CONTRACT: readonly ContractCase[] = [
  declared,
  pureSetup,
  repeatableSetup,
  untouchedNeighbours,
  fittingKeys,
  survivingValues,
  ownMigrations,
  declaredRoutes,
  statedConcerns,
  guardedRoutes,
  calmRoutes,
  narrowRoutes,
  steadyMetrics,
  promptHealth,
  soundContributions,
  restartable,
  nothingLeft,
]

/** What {@link contractSuite} is told beside the plugin. */
export type ContractOptions = Partial<Omit<SubjectOptions, 'builtIn'>>

const MARK = Symbol.for('myoserve:contract-suites')

/** Names of the plugins whose suites there are in this process: `myoserve plugin test` defines no second one. */
const shared = globalThis as { [MARK]?: Set<string> }
shared[MARK] ??= new Set()
const suites: Set<string> = shared[MARK]

/** A case may start a dozen servers on a busy machine. */
const TIMEOUT_MS = 60_000

/** See `contractSuite` of the kit. */
export function defineContractSuite(
  plugin: Plugin,
  builtIn: readonly Plugin[],
  { database = hasTestDatabase(), ...options }: ContractOptions,
): void {
  suites.add(plugin.name)
  describe(`the contract of plugins: ${plugin.name}`, () => {
    const subject = createSubject(plugin, { ...options, builtIn, database })
    afterAll(() => subject.close())
    for (const { title, database: takesDatabase = false, examine } of CONTRACT) {
      const skipped = takesDatabase && !database
      const name = skipped ? `${title} (skipped: it takes --database)` : title
      test.skipIf(skipped)(
        name,
        async () => {
          const faults = await examine(subject)
          if (faults.length > 0) throw new Error(faults.join('\n'))
        },
        TIMEOUT_MS,
      )
    }
  })
}
