/** Who is at the page, and what that one may do. */
import { computed, signal } from '@preact/signals'
import { type Answer, type ApiProblem, ask, whenSignedOut } from '../api/client.ts'
import { forgetReads } from '../api/use-read.ts'
import { say } from '../ui/toasts.tsx'
import { forgetPreferences, loadPreferences } from './preferences.ts'
import { go } from './router.ts'
import { words } from './words.ts'

export type Viewer = Answer<'GET /api/me'>

type State =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody'; readonly because: 'first' | 'ended' | 'left' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'somebody'; readonly viewer: Viewer }

/** Nobody knows before the server has answered. */
export const viewerState = signal<State>({ kind: 'unknown' })

export const viewer = computed(() =>
  viewerState.value.kind === 'somebody' ? viewerState.value.viewer : undefined,
)

/** Whether a permission is held; what one may not do is not offered. */
export const may = (permission: string): boolean => viewer.value?.permissions.includes(permission) ?? false

/** Whether that one is a user, with a password, login sessions and preferences: not where nobody has to sign in. */
export const isUser = computed(() => viewer.value?.id.startsWith('user:') ?? false)

/** Asks the server who one is: at the start, and after signing in. */
export async function identify(): Promise<void> {
  try {
    const { data } = await ask('GET /api/me', {})
    viewerState.value = { kind: 'somebody', viewer: data }
  } catch (error) {
    const problem = error as ApiProblem
    viewerState.value =
      problem.status === 401 ? { kind: 'nobody', because: 'first' } : { kind: 'failed', problem }
    return
  }
  if (isUser.value) await loadPreferences().catch(() => say(words().preferencesUnread, 'error'))
}

function leave(because: 'ended' | 'left'): void {
  forgetReads()
  forgetPreferences()
  viewerState.value = { kind: 'nobody', because }
}

/** Ends the login session; nothing of what was read stays, and whoever comes next begins at the start. */
export async function signOut(): Promise<void> {
  await ask('POST /api/logout', {})
  leave('left')
  go('/', 'replace')
}

whenSignedOut(() => {
  if (viewerState.value.kind === 'somebody') leave('ended')
})
