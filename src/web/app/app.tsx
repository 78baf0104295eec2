/** The frame of the page: who one is, then the view of the address. */
import { useEffect } from 'preact/hooks'
import { Busy } from '../ui/busy.tsx'
import { ProblemNotice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { SignIn } from '../views/sign-in/sign-in.tsx'
import { Boundary } from './boundary.tsx'
import { Frame } from './frame.tsx'
import { match, path } from './router.ts'
import { identify, may, viewerState } from './viewer.ts'
import { views } from './views.ts'
import { words } from './words.ts'

const NotHere = ({ title }: { readonly title: string }) => (
  <Page title={title}>
    <p>
      <a href="#/">{words().toStart}</a>
    </p>
  </Page>
)

function Current() {
  const t = words()
  for (const { path: pattern, show: Show, needs } of views) {
    const params = match(pattern, path.value)
    if (!params) continue
    if (needs && !needs.some(may)) return <NotHere title={t.notAllowed} />
    return <Show key={path.value} {...params} />
  }
  return <NotHere title={t.nothingHere} />
}

export function App() {
  useEffect(() => void identify(), [])
  const state = viewerState.value
  return (
    <>
      {state.kind === 'unknown' && <Busy />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} retry={identify} />}
      {state.kind === 'nobody' && <SignIn because={state.because} />}
      {state.kind === 'somebody' && (
        <Frame key={JSON.stringify(state.viewer)}>
          <Boundary at={path.value}>
            <Current />
          </Boundary>
        </Frame>
      )}
      <Toasts />
    </>
  )
}
