/** Who is at the page, and what that one may do. */
import { computed, signal } from '@preact/signals'
import { type Answer, type ApiProblem, ask, whenSignedOut } from '../api/client.ts'
import { forgetReads } from '../api/use-read.ts'
import { forgetToasts, say } from '../ui/toasts.tsx'
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

/** Id of who was last at this page: where that one was, nobody else begins. */
let last: string | undefined
export const lastViewer = (): string | undefined => last
/** Says who was at the page before it was loaded anew. */
export const expectViewer = (id: string): void => {
  last = id
}

/** Tells the other tabs of this browser, which have the same cookie. */
const tabs = new BroadcastChannel('myoserve.viewer')

function forgetAll(): void {
  forgetReads()
  forgetPreferences()
  forgetToasts()
}

/** Shows the page to somebody. @returns whether nobody, or somebody else, was there */
function admit(now: Viewer): boolean {
  const before = viewer.peek()
  if (JSON.stringify(before) === JSON.stringify(now)) return false
  // What was read is of others, or by rights that are no longer the same.
  if (last !== undefined) forgetAll()
  if (last !== undefined && last !== now.id) go('/', 'replace')
  last = now.id
  viewerState.value = { kind: 'somebody', viewer: now }
  return before?.id !== now.id
}

/** Asks the server who one is: at the start, and after signing in. */
export async function identify(): Promise<void> {
  try {
    const { data } = await ask('GET /api/me', {})
    if (admit(data)) tabs.postMessage('came')
  } catch (error) {
    const problem = error as ApiProblem
    viewerState.value =
      problem.status === 401 ? { kind: 'nobody', because: 'first' } : { kind: 'failed', problem }
    return
  }
  if (isUser.value) await loadPreferences().catch(() => say(words().preferencesUnread, 'error'))
}

/** Asks again, where it may have changed unseen; a server that does not answer changes nothing. */
async function recheck(): Promise<void> {
  const { kind } = viewerState.peek()
  if (kind !== 'somebody' && kind !== 'nobody') return
  const answer = await ask('GET /api/me', {}).catch(() => undefined)
  if (answer && admit(answer.data) && isUser.value) await loadPreferences().catch(() => undefined)
}

function leave(because: 'ended' | 'left'): void {
  forgetAll()
  viewerState.value = { kind: 'nobody', because }
}

/** Ends the login session; nothing of what was read stays, and whoever comes next begins at the start. */
export async function signOut(): Promise<void> {
  await ask('POST /api/logout', {})
  tabs.postMessage('left')
  leave('left')
  go('/', 'replace')
}

tabs.addEventListener('message', ({ data }) => {
  if (data !== 'left') void recheck()
  else if (viewerState.value.kind === 'somebody') {
    leave('left')
    go('/', 'replace')
  }
})

// Asked only when somebody looks: each answer is a use of the login session, which would never end by itself.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void recheck()
})

// The browser shows a page as it was left, to whoever goes back to it.
addEventListener('pageshow', (event) => {
  if (!(event as PageTransitionEvent).persisted) return
  forgetAll()
  viewerState.value = { kind: 'unknown' }
  void identify()
})

whenSignedOut(() => {
  if (viewerState.value.kind === 'somebody') leave('ended')
})
