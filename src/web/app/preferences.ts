/** How one wants the page: kept by the server for users, and in this browser before one has signed in. */
import { effect, signal } from '@preact/signals'
import { type Answer, ApiProblem, ask } from '../api/client.ts'
import { chosenLanguage, LANGUAGES, type Language, language } from '../language/language.ts'

export type Theme = 'light' | 'dark'

/** What was chosen; null: as the system has it. */
export const chosenTheme = signal<Theme | null>(null)

const systemDark = matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = signal(systemDark.matches)
systemDark.addEventListener('change', ({ matches }) => {
  isSystemDark.value = matches
})

/** What holds. */
export const theme = (): Theme => chosenTheme.value ?? (isSystemDark.value ? 'dark' : 'light')

type Preferences = Answer<'GET /api/me/preferences'>

/** What the server keeps beside language and theme, to be given back whole. */
let choices: Readonly<Record<string, string>> = {}

const KEPT = 'myoserve.preferences'

function take({ language: spoken = null, theme: colours = null }: Partial<Preferences>): void {
  chosenLanguage.value = LANGUAGES.find((each) => each === spoken) ?? null
  chosenTheme.value = colours
}

try {
  take(JSON.parse(localStorage.getItem(KEPT) ?? '{}'))
} catch {
  // A browser that keeps nothing, or keeps what nobody can read: then it is as the system has it.
}

effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dataset.theme = theme()
})

function keepHere(): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ language: chosenLanguage.value, theme: chosenTheme.value }))
  } catch {
    // It holds until the page is closed.
  }
}

/** A server without logins keeps nothing for anybody. */
const isNoUser = (error: unknown): boolean => error instanceof ApiProblem && [401, 403].includes(error.status)

/** Takes over what the server keeps for the user. */
export async function loadPreferences(): Promise<void> {
  try {
    const { data } = await ask('GET /api/me/preferences', {})
    choices = data.choices ?? {}
    if (data.language ?? data.theme) take(data)
    keepHere()
  } catch (error) {
    if (!isNoUser(error)) throw error
  }
}

/** Changes it here at once, and on the server for the next time. */
export async function prefer(change: { language?: Language | null; theme?: Theme | null }): Promise<void> {
  if (change.language !== undefined) chosenLanguage.value = change.language
  if (change.theme !== undefined) chosenTheme.value = change.theme
  keepHere()
  try {
    await ask('PUT /api/me/preferences', {
      body: { language: chosenLanguage.value, theme: chosenTheme.value, choices },
    })
  } catch (error) {
    if (!isNoUser(error)) throw error
  }
}
