import { describe, expect, test } from 'bun:test'
import pino from 'pino'
import { createNode } from '../cache/fixtures.ts'
import { createApp } from '../http/app.ts'
import { checkDeclaration } from './external/declaration.ts'
import { hostOf, plugin } from './fixtures.ts'
import { type PanelDefinition, panel } from './panel.ts'
import { panelListRoute } from './panel-routes.ts'

const MODULE = 'export default function mount(element) { element.textContent = "312 N" }'
const grip = (rest: Partial<PanelDefinition> = {}) =>
  panel({
    id: 'grip',
    place: 'session',
    title: { en: 'Grip', fr: 'Préhension' },
    policy: 'grip:read',
    module: MODULE,
    ...rest,
  })
const withPanels = (...panels: unknown[]) => plugin('hand', { panels, permissions: ['grip:read'] })
const refusal = async (...panels: unknown[]) => (await hostOf(withPanels(...panels))).states()[0]?.reason

describe('a panel is refused', () => {
  test.each<[string, Partial<PanelDefinition>, string]>([
    [
      'an id that is no word of an address',
      { id: '../x' },
      'the id "../x" of its panel is not in kebab-case',
    ],
    [
      'a place that there is not',
      { place: 'moon' as 'session' },
      'its panel grip stands at "moon", and there are session, patient, system',
    ],
    ['no English', { title: { en: ' ', fr: 'Préhension' } }, 'its panel grip has no title in English'],
    [
      'a title that fills the page',
      { title: { en: 'Grip', fr: 'é'.repeat(61) } },
      `its panel grip has a title of more than 60 characters: ${'é'.repeat(20)}…`,
    ],
    ['no policy', { policy: '' }, 'its panel grip names no policy'],
    [
      'a policy it does not declare',
      { policy: 'users:write' },
      'its panel grip is guarded by users:write, which it does not declare',
    ],
    [
      'a module that is too large',
      { module: `${MODULE}//${'é'.repeat(2 ** 18)}` },
      'its panel grip has a module that is larger than 512 KiB',
    ],
    [
      'a module of several files',
      { module: `import './other.js'; ${MODULE}` },
      'its panel grip has a module that imports ./other.js, and it has to hold all that it is made of',
    ],
    [
      'code from elsewhere',
      { module: `${MODULE}; await import('https://cdn.example/x.js')` },
      'its panel grip has a module that imports https://cdn.example/x.js, and it has to hold all that it is made of',
    ],
    [
      'nothing to mount',
      { module: 'export const mount = () => undefined' },
      'its panel grip has a module that has no default export to mount it by',
    ],
    [
      'what is no JavaScript',
      { module: 'export default <p/>' },
      'its panel grip has a module that is no JavaScript: Unexpected <',
    ],
  ])('%s', async (_, wrong, sentence) => {
    expect(await refusal(grip(wrong))).toBe(sentence)
  })

  test('an id that is there twice', async () => {
    expect(await refusal(grip(), grip())).toBe('it declares the panel grip twice')
  })

  test.each([
    [{ ...grip(), type: undefined }, 'panels.0.type'],
    [{ ...grip(), module: () => undefined }, 'panels.0.module'],
    [{ ...grip(), title: 'Grip' }, 'panels.0.title'],
    [{ ...grip(), policy: undefined }, 'panels.0.policy'],
  ])('a declaration that no compiler has seen: %j', (panel, place) => {
    expect(checkDeclaration(withPanels(panel))).toStartWith(`its declaration is malformed at "${place}": `)
  })
})

test('a module as bundlers write it is taken', async () => {
  const bundled = 'var a=()=>{};export{a as default};'
  expect(await refusal(grip({ module: bundled }))).toBeUndefined()
  expect(checkDeclaration(withPanels(grip()))).toBeUndefined()
})

describe('panels over HTTP', async () => {
  const host = await hostOf(
    plugin('hand', {
      permissions: ['grip:read'],
      panels: [grip(), grip({ id: 'load', place: 'system', title: { en: 'Load' }, policy: 'public' })],
    }),
    plugin('broken', {
      panels: [grip({ policy: 'public' })],
      setup: () => {
        throw new Error('no electrode')
      },
    }),
  )
  const app = createApp({
    routes: [...host.routes(), panelListRoute(host.panels)],
    log: pino({ level: 'silent' }),
    cache: createNode(),
    release: '1',
  })
  const ask = (path: string, headers: Record<string, string> = {}) =>
    app.fetch(
      new Request(`http://127.0.0.1:8080${path}`, { headers: { host: '127.0.0.1:8080', ...headers } }),
    )
  const list = async (query = '') => {
    const answer = await ask(`/api/system/panels${query}`)
    return ((await answer.json()) as { items: Array<{ id: string; url: string }> }).items
  }

  test('those of plugins that run are listed, by their place when asked', async () => {
    const url = expect.stringMatching(/^\/api\/plugins\/hand\/panels\/grip\.js\?v=[0-9a-f]{16}$/)
    const title = { en: 'Grip', fr: 'Préhension' }
    const first = { plugin: 'hand', id: 'grip', place: 'session', title, url, permissions: ['grip:read'] }
    expect(await list('?place=session')).toEqual([first])
    expect((await list()).map(({ id }) => id)).toEqual(['grip', 'load'])
    expect(await list('?place=patient')).toEqual([])
    expect((await ask('/api/system/panels?place=moon')).status).toBe(400)
    expect((await list('?place=system'))[0]).toMatchObject({ id: 'load', permissions: [] })
  })

  test('the module is answered as one that a strict page loads, and kept for good by its version', async () => {
    const [{ url } = { url: '' }] = await list()
    const answer = await ask(url)
    expect(await answer.text()).toBe(MODULE)
    const header = (name: string) => answer.headers.get(name)
    expect(header('content-type')).toBe('text/javascript; charset=utf-8')
    expect(header('x-content-type-options')).toBe('nosniff')
    expect(header('cache-control')).toBe('private, max-age=31536000, immutable')
    const etag = header('etag') ?? ''
    const again = await ask(url, { 'if-none-match': etag })
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, header('cache-control')])
    expect((await ask(url, { 'if-none-match': '"another"' })).status).toBe(200)
  })

  test.each(['', '?v=0000000000000000'])(
    'by an address %j of no or another version it is asked for anew',
    async (v) => {
      const answer = await ask(`/api/plugins/hand/panels/grip.js${v}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    },
  )

  test('that of a quarantined plugin is gone', async () => {
    expect((await ask('/api/plugins/broken/panels/grip.js')).status).toBe(404)
  })

  test('each module stands under the policy of its panel', () => {
    const policies = host.routes().map(({ path, policy }) => [path, policy])
    expect(policies).toEqual([
      ['/api/plugins/hand/panels/grip.js', 'grip:read'],
      ['/api/plugins/hand/panels/load.js', 'public'],
    ])
  })

  test('no route of the plugin itself can answer in the place of a panel', async () => {
    const { route } = await import('../http/route.ts')
    const params = { method: 'get' as const, summary: '', policy: 'public', answers: {} }
    const own = route({ ...params, path: '/api/plugins/hand/panels/{file}', handle: () => ({}) })
    const routes = (
      await hostOf(plugin('hand', { panels: [grip({ policy: 'public' })], routes: () => [own] }))
    ).routes()
    expect(routes.map(({ path }) => path)).toEqual(['/api/plugins/hand/panels/grip.js', own.path])
  })
})
