/** What the tests of a plugin import as `myoserve/test`: the real host, with the plugin in it. */
import { builtInPlugins } from './built-in.ts'
import type { Plugin } from './plugin/define.ts'
import { type ContractOptions, defineContractSuite } from './plugin/external/contract/index.ts'
import {
  startTestHost,
  type TestHost,
  type TestHostOptions,
  type TestRequest,
} from './plugin/external/test-host.ts'
import type { TestIdentity } from './plugin/external/test-identity.ts'

export type { ContractOptions, TestHost, TestHostOptions, TestIdentity, TestRequest }

/**
 * Starts the host with the built-in plugins and those of a test, with the rules that external plugins are held to.
 *
 * @throws the sentence that would quarantine one of the plugins
 * @example
 * await using host = await createTestHost({ plugins: [grip] })
 * const answer = await host.fetch('/api/plugins/grip')
 * expect(host.service(grip).grip(samples)).toBeCloseTo(312)
 */
export const createTestHost = (
  options: TestHostOptions & { readonly plugins: readonly Plugin[] },
): Promise<TestHost> => startTestHost(builtInPlugins, options)

/**
 * Defines the tests that every plugin passes, built-in ones too: what it declares, that its setup is pure, that its
 * routes answer whatever a client sends, that its keys, values, metrics, migrations and what it adds to others hold.
 * `myoserve plugin test` defines them for a plugin that does not itself.
 *
 * @param options.config settings by the names of plugins, where the defaults are not to be tested
 * @param options.beside other plugins from outside that it needs
 * @param options.values a value for each cache namespace for which none can be made up, by its name
 * @param options.database whether to run what takes a database; absent: where there is one
 * @example
 * contractSuite(plugin)
 */
export const contractSuite = (plugin: Plugin, options: ContractOptions = {}): void =>
  defineContractSuite(plugin, builtInPlugins, options)
