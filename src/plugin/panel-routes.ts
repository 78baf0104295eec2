/** Panels over HTTP: which there are, and the modules that the page loads. */
import * as v from 'valibot'
import { entityTag } from '../http/packed-response.ts'
import { type Route, route } from '../http/route.ts'
import type { Plugin } from './define.ts'
import type { Panel } from './panel.ts'

/** A panel with the plugin that brings it. */
export interface PluginPanel {
  readonly plugin: string
  readonly panel: Panel
}

const pathOf = (plugin: string, { id }: Panel): string => `/api/plugins/${plugin}/panels/${id}.js`

/** Names the text of a module: an address with it never answers another text. */
const versionOf = (tag: string): string => tag.slice(1, 17)

const YEAR_S = 31_536_000

/** One route a panel, under the policy of the panel. */
export const panelRoutes = ({ name, panels = [] }: Plugin): Route[] =>
  panels.map((panel) => {
    const etag = entityTag(Buffer.from(panel.module))
    return route({
      method: 'get',
      path: pathOf(name, panel),
      summary: `Module of the panel ${panel.id}`,
      policy: panel.policy,
      concerns: 'nothing',
      query: v.object({
        v: v.optional(v.pipe(v.string(), v.description('Which text is meant; that one is kept for good'))),
      }),
      answers: { 200: { description: 'An ES module', mediaType: 'text/javascript' } },
      handle: ({ query }) =>
        new Response(panel.module, {
          headers: {
            'content-type': 'text/javascript; charset=utf-8',
            'cache-control':
              query.v === versionOf(etag) ? `private, max-age=${YEAR_S}, immutable` : 'no-cache',
            etag,
          },
        }),
    })
  })

const Place = v.picklist(['session', 'patient', 'system'])

const Listed = v.object({
  plugin: v.string(),
  id: v.string(),
  place: Place,
  title: v.object({
    en: v.string(),
    fr: v.optional(v.string()),
    de: v.optional(v.string()),
    nl: v.optional(v.string()),
  }),
  url: v.pipe(v.string(), v.description('Address of the ES module; another one when the module is')),
  permissions: v.pipe(v.array(v.string()), v.description('What it takes to load the module')),
})

const listed = ({ plugin, panel }: PluginPanel): v.InferOutput<typeof Listed> => ({
  plugin,
  id: panel.id,
  place: panel.place,
  title: panel.title,
  url: `${pathOf(plugin, panel)}?v=${versionOf(entityTag(Buffer.from(panel.module)))}`,
  permissions: panel.policy === 'public' ? [] : [panel.policy],
})

/** `/api/system/panels`: those of the plugins that run, in the order of the plugins. */
export const panelListRoute = (panels: () => readonly PluginPanel[]): Route =>
  route({
    method: 'get',
    path: '/api/system/panels',
    summary: 'Panels that plugins add to the page',
    policy: 'public',
    query: v.object({ place: v.optional(v.pipe(Place, v.description('Only those of this place'))) }),
    answers: { 200: { description: 'The panels', schema: v.object({ items: v.array(Listed) }) } },
    handle: ({ query: { place } }) => ({
      items: panels()
        .filter(({ panel }) => place === undefined || panel.place === place)
        .map(listed),
    }),
  })
