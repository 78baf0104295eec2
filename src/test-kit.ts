/** What the tests of a plugin import as `myoserve/test`: the real host, with the plugin in it. */
import { builtInPlugins } from './built-in.ts'
import type { Plugin } from './plugin/define.ts'
import { startTestHost, type TestHost, type TestHostOptions } from './plugin/external/test-host.ts'

export type { TestHost, TestHostOptions }

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
