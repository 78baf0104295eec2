/** What external plugins import by name: the SDK, its libraries, and the built-in plugins they may need. */
import { builtInModules } from './built-in.ts'
import type { ModuleOffer } from './plugin/external/offer.ts'

/** Loaded when the first external plugin is. */
export const offered: ModuleOffer = {
  'myoserve/sdk': () => import('./sdk.ts'),
  hono: () => import('hono'),
  valibot: () => import('valibot'),
  'drizzle-orm': () => import('drizzle-orm'),
  'drizzle-orm/pg-core': () => import('drizzle-orm/pg-core'),
  ...Object.fromEntries(
    builtInModules.map((module) => [`myoserve/plugins/${module.default.name}`, async () => ({ ...module })]),
  ),
}
