/** What is checked of a plugin's routes once its service stands. */
import { type Route, routeShape } from '../http/route.ts'
import type { Plugin } from './define.ts'

const PATH = /^\/api(?:\/(?:[a-z0-9-]+|\{[a-zA-Z]\w*\}))+$/

/** Where a route of a plugin from outside has to live. */
const externalPrefix = (name: string): string => `/api/plugins/${name}`

function checkRoute(plugin: Plugin, route: Route, external: boolean): string | undefined {
  const name = `${route.method.toUpperCase()} ${route.path}`
  if (!PATH.test(route.path)) return `its route ${name} is not of the form /api/word/{parameter}`
  const prefix = externalPrefix(plugin.name)
  if (external && route.path !== prefix && !route.path.startsWith(`${prefix}/`)) {
    return `its route ${name} is outside ${prefix}`
  }
  if (!route.policy) return `its route ${name} names no policy`
  if (route.policy !== 'public' && !plugin.permissions?.includes(route.policy)) {
    return `its route ${name} is guarded by ${route.policy}, which it does not declare`
  }
  return undefined
}

/**
 * @param taken the routes there are already, with their owners
 * @returns the sentence that refuses the plugin, or undefined
 */
export function checkRoutes(
  plugin: Plugin,
  routes: readonly Route[],
  taken: ReadonlyMap<string, string>,
  external: boolean,
): string | undefined {
  const own = new Set<string>()
  for (const route of routes) {
    const wrong = checkRoute(plugin, route, external)
    if (wrong) return wrong
    const shape = routeShape(route)
    const owner = own.has(shape) ? plugin.name : taken.get(shape)
    if (owner) return `its route ${route.method.toUpperCase()} ${route.path} is taken by ${owner}`
    own.add(shape)
  }
  return undefined
}
