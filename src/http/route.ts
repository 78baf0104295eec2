/** A route as data: what it takes, what it answers, who may call it, and the function that does it. */
import type { Context } from 'hono'
import type * as v from 'valibot'

type Schema = v.GenericSchema<unknown, unknown>
type Output<S> = S extends Schema ? v.InferOutput<S> : undefined

/** One answer of a route, for the OpenAPI document. */
export interface RouteAnswer {
  readonly description: string
  /** JSON body; absent for an answer without one, or with {@link mediaType}. */
  readonly schema?: Schema
  /** For bodies that are not JSON, such as `application/octet-stream`. */
  readonly mediaType?: string
}

/** What a handler gets: validated input, and Hono's context for all the rest. */
export interface RouteInput<Params, Query> {
  readonly params: Params
  readonly query: Query
  readonly c: Context
}

export interface RouteDefinition<P extends Schema | undefined, Q extends Schema | undefined> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Path in OpenAPI's form: `/api/recordings/{id}`. */
  readonly path: string
  readonly summary: string
  /** Who may call it: `public`, or a permission that a plugin declares. There is no default. */
  readonly policy: string
  readonly params?: P
  readonly query?: Q
  /** Bodies it reads itself, by media type, for the OpenAPI document. */
  readonly body?: Readonly<Record<string, object>>
  /** Answers by status. Problems need only their code's description. */
  readonly answers: Readonly<Record<number, RouteAnswer>>
  /** Answers a `Response`, or a value that is sent as JSON with status 200. */
  handle(input: RouteInput<Output<P>, Output<Q>>): unknown
}

/** A route whose input types are settled. */
export type Route = RouteDefinition<Schema | undefined, Schema | undefined>

/**
 * Declares a route.
 *
 * @example
 * route({
 *   method: 'get',
 *   path: '/api/plugins/grip/{id}',
 *   summary: 'Grip strength of a recording',
 *   policy: 'grip:read',
 *   params: v.object({ id: v.pipe(v.string(), v.uuid()) }),
 *   answers: { 200: { description: 'Newtons', schema: Grip } },
 *   handle: ({ params }) => service.grip(params.id),
 * })
 */
export const route = <P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  definition: RouteDefinition<P, Q>,
): Route => definition as unknown as Route

/** The path with parameters made anonymous: two routes of one shape collide. */
export const routeShape = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`
