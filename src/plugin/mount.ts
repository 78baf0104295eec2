/** The routes of a plugin as they are mounted: counted while they answer, refused while it is quarantined. */
import * as v from 'valibot'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Slot } from './slot.ts'

/** Says that a plugin answers nothing, and why. */
export const quarantinedProblem = (name: string, reason: string): Problem =>
  new Problem(503, 'PLUGIN_QUARANTINED', `The plugin ${name} is quarantined: ${reason.replace(/\.$/, '')}.`)

const isStream = (answer: unknown): answer is Response & { readonly body: ReadableStream<Uint8Array> } =>
  answer instanceof Response &&
  answer.body !== null &&
  answer.headers.get('content-type')?.startsWith('text/event-stream') === true

/** An event stream would outlast its plugin: it is ended with it. Any other answer is as it was. */
function endable({ streams }: Slot, answer: unknown): unknown {
  if (!isStream(answer)) return answer
  const reader = answer.body.getReader()
  const { promise: over, resolve } = Promise.withResolvers<undefined>()
  const cancel = (reason?: unknown): Promise<void> => {
    streams.delete(close)
    return reader.cancel(reason)
  }
  const close = (): void => {
    resolve(undefined)
    void cancel().catch(() => undefined)
  }
  streams.add(close)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await Promise.race([reader.read(), over])
      if (chunk?.done === false) return controller.enqueue(chunk.value)
      streams.delete(close)
      controller.close()
    },
    cancel,
  })
  return new Response(body, answer)
}

function counted(slot: Slot, route: Route): Route {
  // What a handler takes depends on the route; it is handed on as it is.
  const handle = route.handle as (input: unknown) => unknown
  return {
    ...route,
    async handle(input: unknown) {
      slot.requests++
      try {
        return endable(slot, await handle(input))
      } finally {
        slot.requests--
      }
    },
  }
}

/** The parameters of a path, any of them: the plugin's own schemas may be code of it. */
const anyParams = (path: string) =>
  v.object(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, v.string()])))

/** Nothing of the plugin runs, and nothing that it has answered before is served. */
const refused = ({ plugin, reason = '' }: Slot, { method, path, summary, policy, body }: Route): Route => ({
  method,
  path,
  summary,
  policy,
  concerns: 'nothing',
  ...(body && { body }),
  params: anyParams(path),
  answers: { 503: { description: 'The plugin is quarantined' } },
  handle() {
    throw quarantinedProblem(plugin.name, reason)
  },
})

export const mountedRoutes = (slot: Slot): Route[] =>
  slot.routes.map((route) => (slot.state === 'quarantined' ? refused(slot, route) : counted(slot, route)))
