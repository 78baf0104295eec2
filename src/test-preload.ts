/** Loaded before the tests of a plugin: what they import by name. */
import { offered } from './offered.ts'
import { offerModules } from './plugin/external/offer.ts'

await offerModules({ ...offered, 'myoserve/test': () => import('./test-kit.ts') })
