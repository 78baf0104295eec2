/** How fast the page is, against the clock: the first view, a long recording, and every picture while it is zoomed. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { settling } from './checks/settled.ts'
import { ended } from './clinic.ts'
import { legRecording } from './recordings.ts'
import { canVisit, startWorld, visitNote, type World } from './world.ts'

setDefaultTimeout(60_000)

/** Other work on the machine makes a run slower, never faster. */
const RUNS = 5
const SAMPLES = 173_370
const FIRST_VIEW_MS = 1000
const SESSION_MS = 500
const FRAME_MS = 50
const SCRIPT_BYTES = 150_000

/** The least figure of some runs; no more are made than it takes. */
async function best(most: number, run: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < RUNS && least >= most; i++) least = Math.min(least, await run())
  return least
}

/** Whether something comes to be so within a second. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 1000; Date.now() < end; await Bun.sleep(5)) if (await isSo()) return true
  return false
}

/** Encoded bytes of all scripts that the page has loaded. */
const scriptBytes = (page: Page): Promise<number> =>
  page.evaluate(`performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`)

/** Notes in the page when something is there first, in ms since the time origin. */
const whenThere = (condition: string): string => `new Promise((resolve) => {
  const look = () => ${condition} ? resolve(performance.now()) : requestAnimationFrame(look)
  look()
})`

/** Nothing says any more that it is loading, and there is a view. */
const WHOLE = `document.querySelector('main h1') && !document.querySelector('main .busy, main [aria-busy=true]')`
/** The plot is there with its signal, and takes the wheel. */
const PLOTTED = `document.querySelector('[role=application]') && ${WHOLE}`

describe.skipIf(!canVisit)(`the speed of the page${visitNote}`, () => {
  let world: World
  let session: string
  beforeAll(async () => {
    world = await startWorld()
    const { ask, patient } = world.clinic
    const bytes = legRecording(70, SAMPLES)
    const answer = await ask<{ session: { id: string } }>(
      'POST',
      `/api/patients/${patient}/recordings?fileName=long.c3d`,
      bytes,
    )
    session = answer.session.id
    expect(await ended(ask, session)).toBe('completed')
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test(`the first view is there within ${FIRST_VIEW_MS} ms, with nothing in any cache`, async () => {
    const ms = await best(FIRST_VIEW_MS, async () => {
      await world.clinic.ask('POST', '/api/cache/invalidate?pattern=*')
      await using visit = await world.visit({ cookie: world.clinic.therapist, untouched: true })
      await visit.page.goto(world.server.url, { waitUntil: 'commit' })
      const there = await visit.page.evaluate<number>(whenThere(WHOLE))
      expect(await scriptBytes(visit.page)).toBeWithin(10_000, SCRIPT_BYTES)
      expect(visit.troubles).toEqual([])
      return there
    })
    console.log(`first view: ${Math.round(ms)} ms`)
    expect(ms).toBeLessThan(FIRST_VIEW_MS)
  })

  test(`a session of ${SAMPLES} samples can be worked with within ${SESSION_MS} ms`, async () => {
    await using visit = await world.visit({ cookie: world.clinic.therapist, untouched: true })
    const { page } = visit
    const settled = settling(page)
    const ms = await best(SESSION_MS, async () => {
      await page.goto(`${world.server.url}/#/sessions`)
      await settled()
      const began = await page.evaluate<number>(
        `(location.hash = '#/sessions/${session}', performance.now())`,
      )
      const there = await page.evaluate<number>(whenThere(PLOTTED))
      const label = () => page.getByRole('application').getAttribute('aria-label')
      const before = await label()
      await page.getByRole('application').press('+')
      expect(await until(async () => (await label()) !== before)).toBeTrue()
      return there - began
    })
    console.log(`session of ${SAMPLES} samples: ${Math.round(ms)} ms`)
    expect(ms).toBeLessThan(SESSION_MS)
    expect(await scriptBytes(page)).toBeWithin(10_000, SCRIPT_BYTES)
    expect(visit.troubles).toEqual([])
  })

  test(`no picture takes ${FRAME_MS} ms while it is zoomed by the wheel`, async () => {
    await using visit = await world.visit({ cookie: world.clinic.therapist, untouched: true })
    const { page } = visit
    const settled = settling(page)
    await page.goto(`${world.server.url}/#/sessions/${session}`)
    await settled()
    await page.getByRole('application').hover()
    const ms = await best(FRAME_MS, async () => {
      await page.evaluate(`globalThis.frames = new Promise((resolve) => {
        let last = performance.now(), longest = 0, count = 0
        const next = (now) => {
          longest = Math.max(longest, now - last); last = now
          if (++count < 90) requestAnimationFrame(next)
          else resolve(longest)
        }
        requestAnimationFrame(next)
      })`)
      await page.keyboard.down('Control')
      for (let i = 0; i < 40; i++) {
        await page.mouse.wheel(0, i < 24 ? -120 : 120)
        await Bun.sleep(25)
      }
      await page.keyboard.up('Control')
      return page.evaluate<number>('frames')
    })
    console.log(`longest time between two pictures: ${Math.round(ms)} ms`)
    expect(ms).toBeLessThan(FRAME_MS)
    expect(visit.troubles).toEqual([])
  })
})
