/** Who is at the page, and what that one may do. */
import { computed, signal } from '@preact/signals'
import { type Answer, type ApiProblem, ask, whenSignedOut } from '../api/client.ts'
import { forgetReads } from '../api/use-read.ts'
import { loadPreferences } from './preferences.ts'

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

/** Asks the server who one is: at the start, and after signing in. */
export async function identify(): Promise<void> {
  try {
    const { data } = await ask('GET /api/me', {})
    viewerState.value = { kind: 'somebody', viewer: data }
    await loadPreferences()
  } catch (error) {
    const problem = error as ApiProblem
    viewerState.value =
      problem.status === 401 ? { kind: 'nobody', because: 'first' } : { kind: 'failed', problem }
  }
}

/** Ends the login session; nothing of what was read stays. */
export async function signOut(): Promise<void> {
  await ask('POST /api/logout', {})
  forgetReads()
  viewerState.value = { kind: 'nobody', because: 'left' }
}

whenSignedOut(() => {
  if (viewerState.value.kind !== 'somebody') return
  forgetReads()
  viewerState.value = { kind: 'nobody', because: 'ended' }
})
