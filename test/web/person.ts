/** What a person does at the page, by what can be read there. */
import { test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import type { Size } from './visit.ts'

export interface Person {
  readonly page: Page
  /** A click, or a tap where there is no mouse. */
  press(place: Locator): Promise<void>
  /** Presses what has this role and name within a place; on the whole page unless stated. */
  pressOn(
    role: 'button' | 'link' | 'tab' | 'checkbox' | 'radio',
    name: string | RegExp,
    within?: Locator,
  ): Promise<void>
  /** Waits until a text can be read. */
  reads(text: string | RegExp, within?: Locator): Promise<void>
  heading(name: string | RegExp): Promise<void>
  signIn(name: string, password: string): Promise<void>
  signOut(displayName: string): Promise<void>
}

/**
 * Declares the steps of a day: tests of which each goes on where the one before has ended. After one that fails there is
 * nothing to go on from, and the others fail at once.
 */
export function steps(): (name: string, act: () => Promise<void>) => void {
  let failed: string | undefined
  return (name, act) =>
    test(name, async () => {
      if (failed !== undefined) throw new Error(`it has ended before: ${failed}`)
      failed = name
      await act()
      failed = undefined
    })
}

/** @param size whose hand or mouse it is */
export function personAt(page: Page, size: Size): Person {
  const press = (place: Locator): Promise<void> => (size.touch ? place.tap() : place.click())
  const person: Person = {
    page,
    press,
    pressOn: (role, name, within) =>
      press((within ?? page.locator('body')).getByRole(role, { name, exact: typeof name === 'string' })),
    reads: (text, within) => (within ?? page.locator('body')).getByText(text).first().waitFor(),
    heading: (name) => page.getByRole('heading', { level: 1, name }).waitFor(),
    async signIn(name, password) {
      await page.getByLabel('Login name').fill(name)
      await page.getByLabel('Password', { exact: true }).fill(password)
      await person.pressOn('button', 'Sign in')
      await page.getByRole('navigation', { name: 'Main navigation' }).waitFor()
    },
    async signOut(displayName) {
      await person.pressOn('button', `Account and display: ${displayName}`)
      await person.pressOn('button', 'Sign out')
      await person.reads('You are signed out.')
    },
  }
  return person
}
