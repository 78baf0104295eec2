/** How one wants the page: kept by the server for users, and in this browser before one has signed in. */
import { effect, signal } from '@preact/signals'
import { type Answer, ask } from '../api/client.ts'
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

/** Whether the server keeps it: for users, and for nobody else. */
let isKept = false

/** Takes over what the server keeps for the user who is there now. */
export async function loadPreferences(): Promise<void> {
  isKept = true
  const { data } = await ask('GET /api/me/preferences', {})
  choices = data.choices ?? {}
  if (data.language ?? data.theme) take(data)
  keepHere()
}

/** The user has gone: what is chosen from now on is nobody's. */
export function forgetPreferences(): void {
  isKept = false
  choices = {}
}

/** Changes it here at once, and on the server for the next time. @throws {ApiProblem} where that could not be kept */
export async function prefer(change: { language?: Language | null; theme?: Theme | null }): Promise<void> {
  if (change.language !== undefined) chosenLanguage.value = change.language
  if (change.theme !== undefined) chosenTheme.value = change.theme
  keepHere()
  if (!isKept) return
  await ask('PUT /api/me/preferences', {
    body: { language: chosenLanguage.value, theme: chosenTheme.value, choices },
  })
}
