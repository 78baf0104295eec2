/** Who has left the page leaves nothing behind: in this tab, in the others, and for whoever comes next. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../support/chromium.ts'
import { ADMIN_PASSWORD, makeFirstAdmin } from '../support/first-admin.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { addUser, clientOf, PASSWORD } from './clinic.ts'
import { personAt } from './person.ts'
import { SIZES, type Size, startVisit } from './visit.ts'
import { COMPILED, canVisit, visitNote } from './world.ts'

setDefaultTimeout(60_000)

const DESKTOP = SIZES[0] as Size
const THERAPIST = 'Private Practice'

async function startClinic() {
  await using stack = new AsyncDisposableStack()
  const data = stack.use(await temporaryFolder('myoserve-leaving-'))
  const [server, browser] = await Promise.all([
    startTestServer(COMPILED, { data: data.path, env: { ACCESS: 'required' } }),
    launchChromium(),
  ])
  stack.defer(async () => void (await server.kill()))
  stack.defer(() => browser.close())
  const ask = clientOf(server.url, (await makeFirstAdmin(server)).cookie)
  await ask('POST', '/api/patients', { code: 'P001', therapist: THERAPIST })
  await addUser(server.url, ask, 'rita', 'Rita', 'researcher')
  const owned = stack.move()
  return {
    url: server.url,
    /** A browser in which the administrator has opened the patient. */
    async visit() {
      const visit = await startVisit(browser, server.url, { size: DESKTOP })
      const person = personAt(visit.page, DESKTOP)
      await visit.page.goto(`${server.url}/#/patients/P001`)
      await person.signIn('admin', ADMIN_PASSWORD)
      await person.reads(THERAPIST)
      return Object.assign(visit, { person })
    },
    /** Ends the login session of a browser, behind its back. */
    async end({ context }: { context: { cookies(): Promise<Array<{ name: string; value: string }>> } }) {
      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      await clientOf(server.url, cookie)('POST', '/api/logout')
    },
    async [Symbol.asyncDispose]() {
      await owned.disposeAsync()
    },
  }
}

/** What is left of the patient in a page. */
const isLeft = async (page: Page): Promise<boolean> => (await page.content()).includes(THERAPIST)

const SIGN_IN = /^Sign in/

describe.skipIf(!canVisit)(`leaving the page${visitNote}`, () => {
  let clinic: Awaited<ReturnType<typeof startClinic>>
  beforeAll(async () => {
    clinic = await startClinic()
  })
  afterAll(() => clinic?.[Symbol.asyncDispose]())

  test('who signs out leaves in every tab, and the way back shows nothing', async () => {
    await using visit = await clinic.visit()
    const { page, person, context } = visit
    const tab = await context.newPage()
    await tab.goto(`${clinic.url}/#/patients/P001`)
    await tab.getByText(THERAPIST).waitFor()
    await page.evaluate("location.hash = '#/patients'")
    await person.heading('Patients')
    await person.signOut('admin')
    await tab.getByRole('heading', { level: 1, name: SIGN_IN }).waitFor()
    for (const each of [page, tab])
      expect([await isLeft(each), new URL(each.url()).hash]).toEqual([false, '#/'])
    await page.goBack()
    await person.heading(SIGN_IN)
    expect(await isLeft(page)).toBeFalse()
    expect(visit.troubles).toEqual([])
  })

  test('whoever signs in next begins at the start, in every tab, and sees what is theirs', async () => {
    await using visit = await clinic.visit()
    const { page, person, context } = visit
    const tab = await context.newPage()
    await tab.goto(`${clinic.url}/#/patients/P001`)
    await tab.getByText(THERAPIST).waitFor()
    await clinic.end(visit)
    await page.evaluate("location.hash = '#/patients'")
    await person.reads('Your login has ended.')
    expect(await isLeft(page)).toBeFalse()
    await person.signIn('rita', PASSWORD)
    for (const each of [page, tab]) {
      await each.getByRole('button', { name: 'Account and display: Rita' }).waitFor()
      expect([await isLeft(each), new URL(each.url()).hash]).toEqual([false, '#/'])
    }
  })

  test('who has only to sign in again goes on at the same place', async () => {
    await using visit = await clinic.visit()
    const { page, person } = visit
    await clinic.end(visit)
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await person.reads('Your login has ended.')
    expect(await isLeft(page)).toBeFalse()
    await person.signIn('admin', ADMIN_PASSWORD)
    await person.reads(THERAPIST)
    expect(new URL(page.url()).hash).toBe('#/patients/P001')
  })

  test('a stream that is refused has it found out that the login has ended', async () => {
    await using visit = await clinic.visit()
    const { page, person } = visit
    await page.evaluate("location.hash = '#/system/cache'")
    await person.heading('Cache')
    await clinic.end(visit)
    await person.reads('Your login has ended.')
  })
})
