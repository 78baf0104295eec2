/** A route as data: what it takes, what it answers, who may call it, and the function that does it. */
import type { Context } from 'hono'
import type * as v from 'valibot'
import type { Duration } from '../config/duration.ts'
import type { Viewer } from '../identity/viewer.ts'

/** Any valibot schema. */
type Schema = v.GenericSchema<unknown, unknown>

/** What a schema gives; undefined where there is none. */
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
  /** Who asks. */
  readonly viewer: Viewer
  readonly c: Context
}

/**
 * Whose data a route is about. `nothing`: nobody's. `filtered`: the handler leaves out, or refuses, what its viewer may
 * not see. Otherwise the records that path or query name, each as kind and name of the parameter: whoever may not see
 * one gets the answer for a missing one, before the handler runs.
 *
 * @example concerns: { session: 'id' }
 */
export type Concerns = 'nothing' | 'filtered' | Readonly<Record<string, string>>

/** What every route says of itself. */
interface RouteDeclaration<P extends Schema | undefined, Q extends Schema | undefined> {
  /** Path in OpenAPI's form: `/api/recordings/{id}`. */
  readonly path: string
  readonly summary: string
  /** Who may call it: `public`, or a permission that a plugin declares. There is no default. */
  readonly policy: string
  /** Absent: all patients, so that it answers those alone who see them all. */
  readonly concerns?: Concerns
  readonly params?: P
  readonly query?: Q
  /** Answers by status. Problems need only their code's description. */
  readonly answers: Readonly<Record<number, RouteAnswer>>
}

/** A route as its author writes it; see {@link route}. */
export interface RouteDefinition<P extends Schema | undefined, Q extends Schema | undefined>
  extends RouteDeclaration<P, Q> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Bodies it reads itself, by media type, for the OpenAPI document. */
  readonly body?: Readonly<Record<string, object>>
  readonly cache?: undefined
  /** Answers a `Response`, or a value that is sent as JSON with status 200. */
  handle(input: RouteInput<Output<P>, Output<Q>>): unknown
}

/** What the handler of a cached route gets: all that its answer may depend on, since all of it is in the key. */
export interface CachedInput<Params, Query> {
  readonly params: Params
  readonly query: Query
  /** Who asks. Its subject stands in the key, so that nobody gets what was made for somebody else. */
  readonly viewer: Viewer
}

/** How answers of a route are kept. */
export interface ResponseCaching<Params, Query> {
  /** How long an answer is fresh, where nothing makes it outdated. */
  readonly ttl: Duration
  /** The changes that make it outdated, as they are announced: patterns with their parameters. */
  tags?(input: {
    readonly params: Params
    readonly query: Query
  }): ReadonlyArray<readonly [tag: string, params: Readonly<Record<string, string>>]>
}

/**
 * A route whose answers are kept as bytes. Its handler sees nothing of the request but what stands in the key, so that
 * no answer can be given to whom it was not made for. Only answers of status 200 are kept, up to 2 MiB; errors and
 * streams never are.
 */
export interface CachedRouteDefinition<P extends Schema | undefined, Q extends Schema | undefined>
  extends RouteDeclaration<P, Q> {
  readonly method: 'get'
  readonly body?: undefined
  readonly cache: ResponseCaching<Output<P>, Output<Q>>
  /** Answers a `Response`, or a value that is sent as JSON with status 200. */
  handle(input: CachedInput<Output<P>, Output<Q>>): unknown
}

/** A cached route whose input types are settled. */
export type CachedRoute = CachedRouteDefinition<Schema | undefined, Schema | undefined>

/** A route whose input types are settled. */
export type Route = RouteDefinition<Schema | undefined, Schema | undefined> | CachedRoute

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
 *   cache: { ttl: '10min', tags: ({ params }) => [['grip.changed:{gripId}', { gripId: params.id }]] },
 *   handle: ({ params }) => service.grip(params.id),
 * })
 */
export function route<P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  definition: CachedRouteDefinition<P, Q>,
): Route
export function route<P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  definition: RouteDefinition<P, Q>,
): Route
export function route(definition: unknown): Route {
  return definition as Route
}

/** The path with parameters made anonymous: two routes of one shape collide. */
export const routeShape = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`
