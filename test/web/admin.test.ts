/** An administrator's day at the page, at both sizes: the cache, dead jobs, plugins, the audit log, scoring. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout } from 'bun:test'
import type { Locator } from 'playwright-core'
import { ADMIN_PASSWORD } from '../support/first-admin.ts'
import { axeViolations } from './checks/axe.ts'
import { ended } from './clinic.ts'
import { type Person, personAt, steps } from './person.ts'
import { SIZES, type Visit } from './visit.ts'
import { canVisit, startWorld, visitNote, type World } from './world.ts'

setDefaultTimeout(60_000)

const NAMESPACE = 'emg-analyzer.ofSession'

describe.skipIf(!canVisit)(`an administrator’s day${visitNote}`, () => {
  let world: World
  /** Is told of analyses; what it answers decides what becomes of the job. */
  let subscriber: Bun.Server<undefined>
  let answer = 410
  beforeAll(async () => {
    subscriber = Bun.serve({
      hostname: '127.0.0.1',
      port: 0,
      fetch: () => new Response(null, { status: answer }),
    })
    world = await startWorld({ env: { WEBHOOK_PRIVATE_TARGETS: 'true' } })
    await world.clinic.ask('POST', '/api/webhooks/subscriptions', {
      url: `http://127.0.0.1:${subscriber.port}/`,
      events: ['analysis.completed'],
    })
  })
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
    await subscriber.stop(true)
  })

  describe.each(SIZES)('at a $name', (size) => {
    const step = steps()
    let visit: Visit
    let person: Person
    beforeAll(async () => {
      visit = await world.visit({ size })
      person = personAt(visit.page, size)
      await visit.page.goto(world.server.url)
    })
    afterAll(() => visit?.[Symbol.asyncDispose]())

    const room = async (name: string): Promise<void> => {
      await person.pressOn('link', 'System', visit.page.getByRole('navigation', { name: 'Main navigation' }))
      await person.pressOn('link', name, visit.page.getByRole('main').getByRole('navigation'))
      await person.heading(name)
    }

    /** Reads the jobs again until one is there. */
    async function refreshUntil(row: Locator): Promise<void> {
      for (let i = 0; i < 50 && (await row.count()) === 0; i++) {
        await person.pressOn('button', 'Refresh')
        await Bun.sleep(100)
      }
      await row.first().waitFor()
    }

    step('they sign in', async () => {
      await person.signIn('admin', ADMIN_PASSWORD)
      await person.heading(/./)
    })

    step('they invalidate a namespace, are asked before, and watch its hit rate move', async () => {
      const { ask, session } = world.clinic
      const read = () => ask('GET', `/api/sessions/${session}/analysis`)
      for (let i = 0; i < 3; i++) await read()
      await room('Cache')
      const table = visit.page.getByRole('table', { name: 'Hit rates by namespace' })
      const row = table
        .getByRole('row')
        .filter({ has: visit.page.getByRole('rowheader', { name: NAMESPACE, exact: true }) })
      await row.waitFor()
      const rateOf = async (): Promise<number> =>
        Number(/([\d.]+)\u202f%/.exec((await row.getByRole('cell').nth(1).textContent()) ?? '')?.[1])
      const before = await rateOf()
      await person.pressOn('button', `Invalidate ${NAMESPACE}`, row)
      const dialog = visit.page.getByRole('dialog')
      expect(await axeViolations(visit.page)).toEqual([])
      await person.pressOn('button', 'Cancel', dialog)
      await dialog.waitFor({ state: 'hidden' })
      await person.pressOn('button', `Invalidate ${NAMESPACE}`, row)
      await person.pressOn('button', 'Invalidate', dialog)
      await person.reads(`No entry is valid any more of: ${NAMESPACE}`)
      await read()
      let after = before
      for (const until = Date.now() + 10_000; after >= before && Date.now() < until; await Bun.sleep(200))
        after = await rateOf()
      expect(after).toBeLessThan(before)
      for (let i = 0; i < 30; i++) await read()
      const fallen = after
      for (const until = Date.now() + 10_000; after <= fallen && Date.now() < until; await Bun.sleep(200))
        after = await rateOf()
      expect(after).toBeGreaterThan(fallen)
    })

    step('they see a job that was given up, why, and have it tried again', async () => {
      const { ask, session } = world.clinic
      answer = 410
      await ask('POST', `/api/sessions/${session}/analysis`)
      await ended(ask, session)
      await room('Jobs')
      await visit.page.getByLabel('State').selectOption({ label: 'given up' })
      const row = visit.page.getByRole('row').filter({ hasText: 'SUBSCRIBER_GONE' })
      await refreshUntil(row)
      await person.reads('Message to a subscriber', row)
      answer = 204
      await person.pressOn('button', /^Try again/, row)
      await person.reads('The job waits to be tried again.')
      await visit.page.getByLabel('State').selectOption({ label: 'done' })
      await refreshUntil(visit.page.getByRole('row').filter({ hasText: 'Message to a subscriber' }))
      const { items } = await ask<{ items: unknown[] }>('GET', '/api/jobs?state=failed&plugin=webhooks')
      expect(items).toEqual([])
    })

    step('they let effort count less, and make that hold', async () => {
      const { page } = visit
      const name = `Early phase, ${size.name}`
      await room('Scoring rules')
      await person.pressOn('link', 'New configuration')
      await page.getByLabel('Name', { exact: true }).fill(name)
      const [effort, game] = ['Effort', 'Game'].map((label) => page.getByLabel(label, { exact: true }))
      const shifted = async (field: Locator, by: number): Promise<void> =>
        field.fill((Number(await field.inputValue()) + by).toFixed(2))
      await shifted(effort as Locator, -0.05)
      await person.reads('0.95: 0.05 off 1')
      await shifted(game as Locator, 0.05)
      await person.reads('1: adds up to 1')
      await person.pressOn('button', 'Make the configuration')
      await person.pressOn('button', /^Activate version 1/)
      await person.pressOn('button', 'Activate', page.getByRole('dialog'))
      await person.reads('Activated.')
      await person.pressOn('link', 'All configurations')
      await person.reads(`${name}, version 1: for every session and patient`)
    })

    step('they see that all plugins are at work', async () => {
      await room('Plugins')
      await person.reads('All plugins are at work.')
      const row = visit.page.getByRole('row').filter({ hasText: 'emg-analyzer' })
      await person.reads('at work', row)
      await person.reads('1.0.0', row)
    })

    step('they find in the audit log what they did, and that nobody has changed it', async () => {
      await room('Audit')
      await person.pressOn('button', 'Verify the chain')
      await person.reads('The chain is whole')
      await visit.page.getByLabel('Action', { exact: true }).fill('cache:operate')
      await person.pressOn('button', 'Show')
      const entries = visit.page.getByRole('table', { name: 'Entries, the latest first' })
      await visit.page.waitForURL(/action=cache/)
      const newest = entries.getByRole('row').nth(1)
      await person.reads(/cache/, newest)
      await person.reads('you', newest)
      await person.reads('done', newest)
      await person.pressOn('link', 'Show all')
      await visit.page.waitForURL(/system\/audit$/)
    })

    step('they sign out, and nothing has gone wrong on the way', async () => {
      await person.signOut('admin')
      expect(visit.troubles).toEqual([])
    })
  })
})
