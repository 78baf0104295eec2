/** Panels of plugins, added to the compiled program and shown by a browser. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { fileOf, stepsOf } from '../plugin/walkthrough.ts'
import { runCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/server.ts'
import { axeViolations } from './checks/axe.ts'
import { settling } from './checks/settled.ts'
import type { VisitOptions } from './visit.ts'
import { COMPILED, canVisit, startWorld, visitNote, type World } from './world.ts'

setDefaultTimeout(60_000)

/** Writes down what it is told, and what becomes of it. */
const PROBE = `
const log = (globalThis.probe ??= [])
export default async function mount(element, context) {
  const { place, sessionId, recordingId, patientCode, language, theme, signal, fetchJson } = context
  log.push('mounted ' + language + ' ' + (sessionId ?? patientCode ?? place))
  signal.addEventListener('abort', () => log.push('aborted'))
  const told = { place, sessionId, recordingId, patientCode, language, theme, frozen: element.childNodes.length }
  const { name } = await fetchJson('/api/me')
  const refused = []
  for (const path of ['//elsewhere.example/', 'http://elsewhere.example/', '/\\\\\\\\elsewhere.example/'])
    await fetchJson(path).catch(() => refused.push(path))
  const missing = await fetchJson('/api/sessions/0190a5c4-0000-7000-8000-000000000000').catch(({ status, code }) => ({ status, code }))
  element.textContent = JSON.stringify({ ...told, name, refused: refused.length, missing })
  return () => { log.push('undone') }
}`

/** Fills its element a little, then fails; works when it is tried again. */
const BROKEN = `
export default function mount(element) {
  element.textContent = 'half a sentence'
  if (!globalThis.isMended) throw new Error('broken on purpose')
  element.textContent = 'whole again'
}`

const PLUGIN = `
import { definePlugin, panel } from 'myoserve/sdk'
const places = ['session', 'patient', 'system'] as const
export default definePlugin({
  name: 'probe', version: '1.0.0', host: '^1', summary: 'Panels for a test',
  permissions: ['analysis:read', { name: 'probe:read', summary: 'For nobody but administrators', roles: [] }],
  setup: () => undefined,
  panels: [
    ...places.map((place) => panel({ id: 'probe-' + place, place, title: { en: 'Probe', fr: 'Sonde' }, policy: 'public', module: ${JSON.stringify(PROBE)} })),
    panel({ id: 'broken', place: 'session', title: { en: 'Broken' }, policy: 'analysis:read', module: ${JSON.stringify(BROKEN)} }),
    panel({ id: 'hidden', place: 'session', title: { en: 'Hidden' }, policy: 'probe:read', module: ${JSON.stringify(BROKEN)} }),
  ],
})`

/** Adds the panel of the documentation, and those of this test, to a data folder. */
async function addPlugins(data: string): Promise<void> {
  await using folder = await temporaryFolder()
  for (const step of stepsOf('docs/plugins/examples.md')) {
    const path = fileOf(step)
    if (path?.startsWith('work-panel/')) await Bun.write(join(folder.path, path), step.text)
  }
  await Bun.write(join(folder.path, 'probe/index.ts'), PLUGIN)
  for (const name of ['work-panel', 'probe']) {
    const env = { MYOSERVE_DATA: data }
    const { exitCode, stderr } = await runCli(COMPILED, ['plugin', 'add', name], { cwd: folder.path, env })
    if (exitCode !== 0) throw new Error(stderr)
  }
}

/** What the probe asks for, which is not there. */
const MISSING = /^404 \/api\/sessions\/0190a5c4-/

/** A panel by its heading, which a part of the view may have too. */
const panelOf = (page: Page, title: string, plugin = 'probe'): Locator =>
  page.getByRole('region', { name: `${title} By the plugin ${plugin}`, exact: true })

/** That of the documentation. */
const work = (page: Page): Locator => panelOf(page, 'Contractions', 'work-panel')

describe.skipIf(!canVisit)(`panels${visitNote}`, () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ prepare: addPlugins })
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  const visitAt = async (address: string, options: VisitOptions = {}) => {
    const visit = await world.visit({ cookie: world.clinic.therapist, expected: MISSING, ...options })
    const settled = settling(visit.page)
    await visit.page.goto(`${world.server.url}/#${address}`)
    await settled()
    return Object.assign(visit, { settled })
  }
  const probeLog = (page: Page): Promise<string[]> => page.evaluate('globalThis.probe')
  const told = async (page: Page): Promise<unknown> => {
    return JSON.parse((await panelOf(page, 'Probe').getByText('{').textContent()) ?? '')
  }

  test('the panel of the documentation shows the contractions of the session that is open', async () => {
    await using visit = await visitAt(`/sessions/${world.clinic.session}`)
    await work(visit.page).getByText('R VL:').waitFor()
    const text = await work(visit.page).textContent()
    expect(text).toMatch(/L VL: [1-9]\d*\nR VL: [1-9]/)
    expect(visit.troubles).toEqual([])
  })

  test('a panel is told what is shown, asks its own server alone, and gets problems with status and code', async () => {
    const { session, patient, ask } = world.clinic
    const { recordingId } = await ask<{ recordingId: string }>('GET', `/api/sessions/${session}`)
    const same = { language: 'en', theme: 'light', frozen: 0, name: 'a.dubois', refused: 3 }
    const missing = { status: 404, code: 'SESSION_NOT_FOUND' }
    await using visit = await visitAt(`/sessions/${session}`)
    const about = { place: 'session', sessionId: session, recordingId, patientCode: patient }
    expect(await told(visit.page)).toEqual({ ...about, ...same, missing })
    expect(visit.troubles).toEqual([])
  })

  test.each([
    ['patient', '/patients/P001', 'P001'],
    ['system', '/system', null],
  ])('panels of the %s view stand there', async (place, address, patientCode) => {
    await using visit = await visitAt(address, { cookie: world.clinic.admin })
    const about = { place, sessionId: null, recordingId: null, patientCode, name: 'admin' }
    expect(await told(visit.page)).toMatchObject(about)
  })

  test('a panel is mounted anew for another session and another language, and the one before is undone', async () => {
    const { session, earlier } = world.clinic
    await using visit = await visitAt(`/sessions/${session}`)
    await told(visit.page)
    await visit.page.evaluate(`location.hash = '#/sessions/${earlier}'`)
    await visit.settled()
    expect(await told(visit.page)).toMatchObject({ sessionId: earlier })
    const mounted = (id: string, language = 'en') => `mounted ${language} ${id}`
    const log = await probeLog(visit.page)
    expect(log.filter((each) => each.startsWith('mounted'))).toEqual([mounted(session), mounted(earlier)])
    expect(log.filter((each) => !each.startsWith('mounted'))).toEqual(['aborted', 'undone'])
    await using french = await visitAt(`/sessions/${session}`, { language: 'fr' })
    await french.page
      .getByRole('region', { name: /^Sonde/ })
      .getByText('"language":"fr"')
      .waitFor()
    expect(await probeLog(french.page)).toEqual([mounted(session, 'fr')])
  })

  test('one that throws is named calmly, takes nothing with it, and can be tried again', async () => {
    await using visit = await visitAt(`/sessions/${world.clinic.session}`)
    const { page } = visit
    const broken = panelOf(page, 'Broken')
    await broken.getByText('The plugin probe cannot show this.').waitFor()
    expect(await broken.getByText('half a sentence').isVisible()).toBeFalse()
    await told(page)
    await work(page).getByText('R VL:').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect((await axeViolations(page)).join('\n')).toBe('')
    await page.evaluate('globalThis.isMended = true')
    await broken.getByRole('button', { name: 'Try again' }).click()
    await broken.getByText('whole again').waitFor()
    expect(visit.troubles).toEqual([])
  })

  test('one that the person may not see is not offered', async () => {
    await using therapist = await visitAt(`/sessions/${world.clinic.session}`)
    await told(therapist.page)
    expect(await panelOf(therapist.page, 'Hidden').count()).toBe(0)
    await using admin = await visitAt(`/sessions/${world.clinic.session}`, { cookie: world.clinic.admin })
    await panelOf(admin.page, 'Hidden').waitFor()
  })
})
