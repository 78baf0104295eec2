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

  describe.each(LOOKS)('at a $size.name, in $language, $theme', ({ size, language, theme }) => {
    let visit: Visit
    let settled: () => Promise<void>
    beforeAll(async () => {
      const { admin, failed } = world.clinic
      // Its file is gone.
      const expected = new RegExp(`^500 /api/sessions/${failed}/analysis$`)
      visit = await world.visit({ size, language, theme, cookie: admin, expected })
      settled = settling(visit.page)
      await visit.page.goto(world.server.url)
    })
    afterAll(() => visit?.[Symbol.asyncDispose]())

    /** What is wrong with what is shown now; a picture of it is written. */
    async function wrongAt(address: string): Promise<string[]> {
      const { page } = visit
      await settled()
      const picture = `${size.name}-${nameOf(address)}-${language}-${theme}.png`
      await page.screenshot({ path: join(SCREENSHOTS, picture), fullPage: true })
      const found = [...(await axeViolations(page)), ...(await lookAt(page, language))]
      return found.map((each) => `${address}: ${each}`)
    }

    test.each(patterns)('%s', async (pattern) => {
      const wrong: string[] = []
      for (const address of addressesOf(pattern, world.clinic)) {
        await visit.page.goto(`${world.server.url}/#${address}`)
        wrong.push(...(await wrongAt(address)))
      }
      expect([...wrong, ...visit.troubles.splice(0)]).toEqual([])
    })

    test('signing in, and an address that there is not', async () => {
      await visit.page.goto(`${world.server.url}/#/nowhere`)
      const wrong = await wrongAt('/nowhere')
      await visit.context.clearCookies()
      await visit.page.reload()
      expect([...wrong, ...(await wrongAt('/sign-in')), ...visit.troubles]).toEqual([])
    })
  })
})
