/** What is checked of a plugin's routes once its service stands. */
import * as v from 'valibot'
import { messageOf } from '../exit.ts'
import { openApiDocument } from '../http/openapi.ts'
import { type Route, routeShape } from '../http/route.ts'
import { permissionNames } from '../identity/permission.ts'
import type { Plugin } from './define.ts'

const Schema = v.optional(v.custom((value) => typeof value === 'object' && value !== null && '~run' in value))

/** What the types say of a route, where no compiler has seen it. */
const Shape = v.object({
  method: v.picklist(['get', 'post', 'put', 'patch', 'delete']),
  path: v.string(),
  summary: v.string(),
  concerns: v.optional(v.union([v.picklist(['nothing', 'filtered']), v.record(v.string(), v.string())])),
  params: Schema,
  query: Schema,
  answers: v.record(v.string(), v.object({ schema: Schema })),
  body: v.optional(v.record(v.string(), v.looseObject({}))),
  cache: v.optional(v.object({ ttl: v.string(), tags: v.optional(v.function()) })),
  handle: v.function(),
})

function malformed(routes: readonly Route[]): string | undefined {
  for (const [i, each] of routes.entries()) {
    const result = v.safeParse(Shape, each)
    if (!result.success) {
      const [issue] = result.issues
      return `its route ${i + 1} is malformed at "${v.getDotPath(issue) ?? ''}": ${issue.message}`
    }
  }
  try {
    openApiDocument(routes)
    return undefined
  } catch (error) {
    return `its routes cannot be described as OpenAPI: ${messageOf(error)}`
  }
}

const PATH = /^\/api(?:\/(?:[a-z0-9-]+|\{[a-zA-Z]\w*\}))+$/

/** The parameters that a schema of an object takes. */
const entriesOf = (schema: Route['params']): object =>
  (schema as { entries?: object } | undefined)?.entries ?? {}

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
  if (route.policy !== 'public' && !permissionNames(plugin.permissions).includes(route.policy)) {
    return `its route ${name} is guarded by ${route.policy}, which it does not declare`
  }
  const unnamed = Object.values(typeof route.concerns === 'object' ? route.concerns : {}).find(
    (parameter) => !(parameter in entriesOf(route.params)) && !(parameter in entriesOf(route.query)),
  )
  if (unnamed) return `its route ${name} concerns what its parameter ${unnamed} names, which it does not have`
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
  const wrong = external ? malformed(routes) : undefined
  if (wrong !== undefined) return wrong
  const own = new Set<string>()
  for (const route of routes) {
    const refusal = checkRoute(plugin, route, external)
    if (refusal) return refusal
    const shape = routeShape(route)
    const owner = own.has(shape) ? plugin.name : taken.get(shape)
    if (owner) return `its route ${route.method.toUpperCase()} ${route.path} is taken by ${owner}`
    own.add(shape)
  }
  return undefined
}
