/** Every view of the page, at both sizes, in both languages and both themes: readable for everybody, whole, and quiet. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { addressesOf, listViews, nameOf } from './addresses.ts'
import { axeViolations } from './checks/axe.ts'
import { lookAt } from './checks/look.ts'
import { settling } from './checks/settled.ts'
import { SIZES, type Size, type Visit } from './visit.ts'
import { canVisit, SCREENSHOTS, startWorld, visitNote, type World } from './world.ts'

setDefaultTimeout(60_000)

/** There is a test for each, so that they have to be known before the tests begin. */
const patterns = canVisit ? await listViews() : ['/']

const [desktop, tablet] = SIZES as readonly [Size, Size]

/** Each pair of size, language and theme is among them. */
const LOOKS = [
  { size: desktop, language: 'en', theme: 'light' },
  { size: desktop, language: 'fr', theme: 'dark' },
  { size: tablet, language: 'fr', theme: 'light' },
  { size: tablet, language: 'en', theme: 'dark' },
] as const
type Look = (typeof LOOKS)[number]

describe.skipIf(!canVisit)(`views${visitNote}`, () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('what is wrong with a view is found', async () => {
    await using visit = await world.visit({ language: 'fr' })
    await visit.page.setContent(`<html lang="fr"><title>Séances</title><main><h1>Qualité: bonne</h1><img src="data:,">
      <p>Il y a 0.1234567 mV, soit NaN.</p><p>This is not there.</p><p lang="en">The signal is not there.</p>
      <p><span style="display: inline-block; width: 3em; overflow: hidden; white-space: nowrap">quadriceps fémoral</span></p>
      <div style="width: 3000px">large</div></main>`)
    const found = [...(await axeViolations(visit.page)), ...(await lookAt(visit.page, 'fr'))]
    expect(found.map((each) => each.replace(/(image-alt): .*/s, '$1'))).toEqual([
      'image-alt',
      'a mark without its own space before it: Qualité: bonne',
      'what a program says in place of nothing: Il y a 0.1234567 mV, soit NaN.',
      'a figure without form: Il y a 0.1234567 mV, soit NaN.',
      'English: This is not there.',
      'the page is 1568 px wider than the screen',
      'cut off: quadriceps fémoral',
    ])
    const script =
      'fetch("http://elsewhere.example/").catch(() => undefined).then(() => { console.error("oh") })'
    await visit.page.evaluate(script)
    expect(visit.troubles.join()).toMatch(/asked another server: http:\/\/elsewhere\.example\/.*said: oh/)
  })

  describe('at a desktop and a tablet, in English and French, light and dark', () => {
    const visits: Array<{
      readonly look: Look
      readonly visit: Visit
      readonly settled: () => Promise<void>
    }> = []
    beforeAll(async () => {
      const { admin, failed } = world.clinic
      // Its file is gone.
      const expected = new RegExp(`^500 /api/sessions/${failed}/analysis$`)
      for (const look of LOOKS) {
        const visit = await world.visit({ ...look, cookie: admin, expected })
        visits.push({ look, visit, settled: settling(visit.page) })
        await visit.page.goto(world.server.url)
      }
    })
    afterAll(async () => {
      for (const { visit } of visits) await visit[Symbol.asyncDispose]()
    })

    /** What is wrong with what is shown now; a picture of it is written. */
    async function wrongAt(
      address: string,
      { look, visit, settled }: (typeof visits)[number],
    ): Promise<string[]> {
      const { page } = visit
      const { size, language, theme } = look
      await settled()
      const name = `${size.name}-${nameOf(address, world.clinic)}-${language}-${theme}`
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
      const found = [
        ...(await axeViolations(page)),
        ...(await lookAt(page, language)),
        ...visit.troubles.splice(0),
      ]
      return found.map((each) => `${size.name}, ${language}, ${theme}: ${address}: ${each}`)
    }

    /** The same for all, who go there at the same time. */
    const wrongFor = async (
      address: string,
      goThere: (visit: Visit) => Promise<unknown> = ({ page }) =>
        page.goto(`${world.server.url}/#${address}`),
    ): Promise<string[]> => {
      const found = visits.map(async (each) => {
        await goThere(each.visit)
        return wrongAt(address, each)
      })
      return (await Promise.all(found)).flat()
    }

    test.each(patterns)('%s', async (pattern) => {
      for (const address of addressesOf(pattern, world.clinic)) expect(await wrongFor(address)).toEqual([])
    })

    test('an address that there is not', async () => {
      expect(await wrongFor('/nowhere')).toEqual([])
    })

    test('signing in', async () => {
      const leave = async ({ context, page }: Visit) => {
        await context.clearCookies()
        await page.reload()
      }
      expect(await wrongFor('/sign-in', leave)).toEqual([])
    })
  })
})
