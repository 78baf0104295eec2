/** Texts that mean harm, and a panel that does, before a browser: nothing runs, nothing leaves, all can be read. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { settling } from './checks/settled.ts'
import { DISGUISES, markup } from './hostile-clinic.ts'
import { type HostileWorld, startHostileWorld } from './hostile-world.ts'
import { SIZES, type Size, type Visit } from './visit.ts'
import { canVisit, visitNote } from './world.ts'

setDefaultTimeout(60_000)

interface Seen {
  readonly ran: unknown
  /** Elements that a text has become. */
  readonly made: number
  readonly links: readonly string[]
  readonly text: string
  readonly tooWide: number
}

const LOOK = `({
  ran: globalThis.ran,
  made: document.querySelectorAll('img, iframe, object, body script, [onerror], [onload]').length,
  links: [...document.body.querySelectorAll('[href], [src], [action]')].map((each) => each.getAttribute('href') ?? each.getAttribute('src') ?? each.getAttribute('action')),
  text: document.body.innerText,
  tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`

/** The directives of the policy that a panel runs into. */
const REFUSED = [
  'base-uri',
  'connect-src',
  'form-action',
  'frame-src',
  'img-src',
  'media-src',
  'object-src',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src-attr',
  'style-src-elem',
  'worker-src',
]

const SAFE = /^(?:#\/|#?$|\/page\/|\/api\/)/

/** What each view shows of it: part of a text that stands there. */
const viewsOf = ({ session, recording }: HostileWorld): Readonly<Record<string, string>> => ({
  '/': 'P001',
  '/patients': '<img',
  '/patients/P001': '<img',
  '/patients/P001?tab=notes': '<script>',
  '/patients/P001?tab=targets': '<img',
  '/patients/P001/mvc': 'wwww',
  [session]: '<script>',
  [`${session}?tab=scores`]: '<script>',
  [`${session}?tab=mvc`]: '<script>',
  [`${session}?tab=details`]: 'javascript:ran',
  [recording]: '<script>',
  '/recordings?of=all': '<img',
  '/system/users': '<img',
  '/system/keys': '<img',
  '/system/scoring': '<img',
  '/search?q=%3Cimg%20src%3Dx%20onerror%3Dran%3D1%3E': '<img',
})

describe.skipIf(!canVisit)(`a hostile clinic${visitNote}`, () => {
  let world: HostileWorld
  beforeAll(async () => {
    world = await startHostileWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  /** Sees addresses one after the other. The panel is another test’s. */
  async function see(visit: Visit, addresses: readonly string[]): Promise<Array<Seen & { address: string }>> {
    const { page } = visit
    const settled = settling(page)
    await page.route('**/api/system/panels*', (route) => route.fulfill({ json: { items: [] } }))
    const seen: Array<Seen & { address: string }> = []
    for (const address of addresses) {
      await page.goto(`${world.url}/#${address}`)
      await settled()
      seen.push({ address, ...(await page.evaluate<Seen>(LOOK)) })
    }
    return seen
  }

  test('texts of files and of people are text on every view, without disguises in what files say', async () => {
    await using visit = await world.visit(SIZES[0] as Size)
    const views = viewsOf(world)
    const found = (await see(visit, Object.keys(views))).map(({ address, ran, made, links, text }) => ({
      address,
      ran,
      made,
      links: links.filter((each) => !SAFE.test(each)),
      isThere: text.includes(views[address] as string),
      // People may write in any direction: a note ends it where it ends.
      disguise: address.includes('notes') ? undefined : DISGUISES.exec(text)?.[0],
    }))
    const right = { ran: undefined, made: 0, links: [], isThere: true, disguise: undefined }
    expect(found).toEqual(Object.keys(views).map((address) => ({ address, ...right })))
    expect(visit.troubles).toEqual([])
  })

  test.each(SIZES.map((size) => [size.name, size] as const))(
    'names without a place to break them take no more room than there is: %s',
    async (_, size) => {
      await using visit = await world.visit(size)
      const { session, recording } = world
      const addresses = [
        session,
        `${session}?tab=details`,
        recording,
        '/patients/P001/mvc',
        '/patients/P001?tab=notes',
      ]
      const found = (await see(visit, [...addresses, '/recordings?of=all'])).map(({ address, tooWide }) => [
        address,
        tooWide,
      ])
      expect(found).toEqual([...addresses, '/recordings?of=all'].map((address) => [address, 0]))
      // However long a label is, what is read at the cursor is on the screen.
      await see(visit, [session])
      const place = await visit.page.locator('.signal-heading .signal-value').nth(1).boundingBox()
      expect((place?.x ?? 1e9) + (place?.width ?? 0)).toBeLessThanOrEqual(size.width)
    },
  )

  test('an address is no script, whatever stands in it', async () => {
    await using visit = await world.visit(SIZES[0] as Size)
    const addresses = [
      'javascript:ran=1',
      '/patients/<img src=x onerror=ran=1>',
      '/patients/%3Cimg%20src%3Dx%20onerror%3Dran%3D1%3E',
      '/patients/%zz',
      '/sessions/javascript:ran=1?tab=<svg onload=ran=1>',
      '/search?q=<svg onload=ran=1>',
      `/upload?patient=${encodeURIComponent(markup('address'))}`,
      '//elsewhere.example/#/',
    ]
    const found = await see(visit, addresses)
    expect(found.map(({ address, ran, made }) => [address, ran, made])).toEqual(
      addresses.map((address) => [address, undefined, 0]),
    )
    for (const { address, text } of found) expect([address, text.length > 60]).toEqual([address, true])
    expect(visit.troubles.filter((each) => !/status of 40[04]/.test(each))).toEqual([])
  })

  test('a panel of a plugin reaches no other server, and runs no text as a script', async () => {
    await using visit = await world.visit(SIZES[0] as Size, true)
    const { page } = visit
    await page.goto(`${world.url}/#${world.session}`)
    await page.locator('[data-state=over]').waitFor({ state: 'attached' })
    const [ran, refused] = [
      await page.evaluate('globalThis.ran'),
      await page.evaluate<string[]>('globalThis.refused'),
    ]
    expect(ran).toBeUndefined()
    expect([...new Set(refused)].toSorted()).toEqual(REFUSED)
    expect(world.hits).toEqual([])
    // Such as were reached, had the policy not been there.
    await page.goto(`${world.other}reached`)
    expect(world.hits).toContain('/reached')
  })
})
