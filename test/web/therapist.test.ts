/** A therapist's day at the page: from signing in over a recording, its contractions and its score to the report. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { settling } from './checks/settled.ts'
import { PASSWORD, THERAPIST } from './clinic.ts'
import { type Person, personAt, steps } from './person.ts'
import { legRecording } from './recordings.ts'
import { SIZES, type Size, type Visit } from './visit.ts'
import { canVisit, startWorld, visitNote, type World } from './world.ts'

setDefaultTimeout(60_000)

const [desktop, tablet] = SIZES as readonly [Size, Size]
const REAL = 'Ghostly_Emg_20230321_17-23-09-0409.c3d'

interface Day {
  readonly size: Size
  readonly recording: string
  readonly bytes: () => Uint8Array
}
const DAYS: readonly Day[] = [
  {
    size: desktop,
    recording: 'knee-extension.c3d',
    bytes: () =>
      sampleRecordings()
        .find(({ fileName }) => fileName === 'knee-extension.c3d')
        ?.bytes() as Uint8Array,
  },
  { size: tablet, recording: 'both-legs.c3d', bytes: () => legRecording(40, 39_600) },
]
const realDay: Day = {
  size: tablet,
  recording: REAL,
  bytes: () => readFileSync(join(SHARED as string, 'data/c3d/ghostly', REAL)),
}

describe.skipIf(!canVisit)(`a therapist’s day${visitNote}`, () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await world.clinic.ask('POST', '/api/system/channel-profiles', {
      name: 'Ghostly',
      filePattern: 'Ghostly*',
      channels: [
        { channel: 'CH1 Raw', muscle: 'vastus lateralis', side: 'left' },
        { channel: 'CH2 Raw', muscle: 'vastus lateralis', side: 'right' },
      ],
    })
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  function day({ size, recording, bytes }: Day): void {
    const step = steps()
    let visit: Visit
    let person: Person
    let settled: () => Promise<void>
    beforeAll(async () => {
      visit = await world.visit({ size })
      settled = settling(visit.page)
      person = personAt(visit.page, size)
      await visit.page.goto(world.server.url)
    })
    afterAll(() => visit?.[Symbol.asyncDispose]())

    const plot = (): Locator => visit.page.getByRole('application')
    /** Seconds that the plot shows. */
    async function shown(): Promise<number> {
      const [, from, to] =
        /from ([\d.]+).s to ([\d.]+).s/.exec((await plot().getAttribute('aria-label')) ?? '') ?? []
      return Number(to) - Number(from)
    }
    /** Contractions of the first channel that are there. */
    async function contractions(): Promise<number> {
      const rows = visit.page.getByRole('table', { name: /^Contractions/ }).getByRole('row')
      return (await rows.count()) - 1
    }
    /** Waits until a figure is what it is to be. */
    async function becomes(read: () => Promise<number>, isSo: (value: number) => boolean): Promise<number> {
      let value = await read()
      for (const until = Date.now() + 10_000; !isSo(value) && Date.now() < until; await Bun.sleep(50))
        value = await read()
      expect({ value, isSo: isSo(value) }).toEqual({ value, isSo: true })
      return value
    }

    step('they sign in', async () => {
      await person.signIn(THERAPIST, PASSWORD)
      await person.heading(/./)
    })

    step('they upload a recording and follow it until it is analysed', async () => {
      const { page } = visit
      await person.pressOn('link', 'Upload', page.getByRole('navigation', { name: 'Main navigation' }))
      await page.getByRole('combobox', { name: 'Patient' }).fill(world.clinic.patient)
      await person.press(page.getByRole('option', { name: new RegExp(`^${world.clinic.patient}`) }))
      await person.reads(`Recordings of ${world.clinic.patient}`)
      await page
        .locator('input[type=file]')
        .and(page.getByLabel('Choose files'))
        .setInputFiles({
          name: recording,
          mimeType: 'application/octet-stream',
          buffer: Buffer.from(bytes()),
        })
      await page.getByRole('link', { name: /^Open the session of/ }).waitFor({ timeout: 30_000 })
      await person.pressOn('link', /^Open the session of/)
      await person.heading(/^Session of/)
      await settled()
    })

    step('they see its signal, and zoom into it', async () => {
      const all = await shown()
      expect(all).toBeGreaterThan(30)
      if (size.touch) await person.pressOn('button', 'Closer')
      else {
        await plot().hover()
        await visit.page.keyboard.down('Control')
        await visit.page.mouse.wheel(0, -400)
        await visit.page.keyboard.up('Control')
      }
      await becomes(shown, (s) => s < 0.9 * all)
      await plot().press('End')
      await plot().press('+')
      await person.pressOn('button', 'All')
      await becomes(shown, (s) => s === all)
    })

    step('they remove a contraction, think better of it, and undo', async () => {
      const before = await contractions()
      expect(before).toBeGreaterThan(4)
      await person.pressOn('button', 'Edit')
      await person.pressOn('button', 'Next contraction')
      await person.pressOn('button', 'Remove', visit.page.getByRole('group', { name: 'Edit contractions' }))
      await person.reads('The contraction is removed.')
      await becomes(contractions, (count) => count === before - 1)
      await person.pressOn('button', 'Undo')
      await person.reads('The edit is undone.')
      await becomes(contractions, (count) => count === before)
    })

    step('they drag out a contraction that was missed', async () => {
      const before = await contractions()
      await plot().scrollIntoViewIfNeeded()
      if (size.touch) {
        for (const key of ['Home', 'a', 'Enter']) await plot().press(key)
      } else {
        const box = (await plot().boundingBox()) as { x: number; y: number; width: number; height: number }
        const y = box.y + box.height / 4
        await visit.page.mouse.move(box.x + 0.2 * box.width, y)
        await visit.page.mouse.down()
        await visit.page.mouse.move(box.x + 0.21 * box.width, y, { steps: 4 })
        await visit.page.mouse.up()
      }
      await person.reads('The contraction is added.')
      await person.reads('2 edits')
      await person.pressOn('button', 'Undo')
      await becomes(contractions, (count) => count === before)
    })

    step('they recalculate with another parameter, see what changed, and go back', async () => {
      const { page } = visit
      await person.pressOn('button', 'Parameters')
      await page.getByLabel('Least length of a contraction').fill('2500')
      await person.reads('Calculated with what you have changed.')
      const changes = page.getByRole('region', { name: 'What changed' })
      await changes.getByRole('row').filter({ hasText: 'Contractions' }).first().waitFor()
      await settled()
      await person.pressOn('button', 'Reset all')
      await changes.waitFor({ state: 'detached' })
      await person.pressOn('button', 'Close the parameters')
    })

    step('they enter how hard it was, and see the score change', async () => {
      const { page } = visit
      await person.pressOn('tab', 'Scores')
      const overall = page.getByRole('region', { name: 'Overall score' })
      await person.reads('Not asked yet. Effort is missing from the score.')
      await person.press(page.getByRole('radio', { name: /^5/ }))
      await person.pressOn('button', 'Save the rating')
      await person.reads('What this changed')
      const effort = page.getByRole('listitem').filter({ hasText: /^Effort none/ })
      await person.reads('100.0', effort)
      await person.reads(/%/, overall)
    })

    step('they read the trend of the patient', async () => {
      const { page } = visit
      await person.pressOn('link', `Patient ${world.clinic.patient}`)
      await person.heading(new RegExp(world.clinic.patient))
      await settled()
      const scores = page.getByRole('figure', { name: 'Scores' })
      await person.press(scores.getByText('Figures as a table'))
      // One for the heads, four for the visits before, and that of today.
      await scores.getByRole('row').nth(5).waitFor()
      await page.goBack()
      await person.heading(/^Session of/)
    })

    step('they print the report', async () => {
      const [report] = await Promise.all([
        visit.context.waitForEvent('page'),
        person.pressOn('link', /^Report/),
      ])
      await report.waitForLoadState()
      expect(await report.getByText(world.clinic.patient).count()).toBeGreaterThan(0)
      const pdf = await report.pdf({ format: 'A4', printBackground: true })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      expect(pdf.byteLength).toBeGreaterThan(20_000)
      await report.close()
    })

    step('they sign out, and nothing has gone wrong on the way', async () => {
      await person.signOut('Anna Dubois')
      await visit.page.goBack()
      await visit.page.getByLabel('Login name').waitFor()
      expect(visit.troubles).toEqual([])
    })
  }

  for (const each of DAYS) describe(`with ${each.recording} at a ${each.size.name}`, () => day(each))
  describe.skipIf(!SHARED)(`with a real recording at a tablet${sharedNote}`, () => day(realDay))
})
