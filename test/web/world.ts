/** The compiled program with a clinic in it, and a browser before it. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { CHROMIUM, chromiumNote, launchChromium } from '../support/chromium.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { PROJECT, TARGETS, type Target } from '../support/targets.ts'
import { type Clinic, fillClinic } from './clinic.ts'
import { startVisit, type Visit, type VisitOptions } from './visit.ts'

/** The page is tested as clinics have it. */
export const COMPILED = TARGETS.find(({ name }) => name === 'compiled') as Target

/** Whether the page can be tested here. */
export const canVisit = CHROMIUM !== null && COMPILED.missing === undefined

/** To be put behind the name of a group of tests that needs {@link canVisit}. */
export const visitNote = chromiumNote || (COMPILED.missing ? ` (skipped: ${COMPILED.missing})` : '')

/** Pictures for people to look at; not in the repository. */
export const SCREENSHOTS = join(PROJECT, 'dist/screenshots')

export interface World extends AsyncDisposable {
  readonly server: TestServer
  readonly browser: Browser
  readonly clinic: Clinic
  visit(options?: VisitOptions): Promise<Visit>
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Does something to the data folder before the server starts. */
  readonly prepare?: (data: string) => Promise<void>
}

export async function startWorld({ env = {}, prepare }: WorldOptions = {}): Promise<World> {
  const folder = await temporaryFolder('myoserve-web-')
  await mkdir(SCREENSHOTS, { recursive: true })
  await prepare?.(folder.path)
  const [server, browser] = await Promise.all([
    startTestServer(COMPILED, { data: folder.path, env: { ACCESS: 'required', ...env } }),
    launchChromium(),
  ])
  const clinic = await fillClinic(server, folder.path)
  return {
    server,
    browser,
    clinic,
    visit: (options) => startVisit(browser, server.url, options),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.kill()
      await folder[Symbol.asyncDispose]()
    },
  }
}
