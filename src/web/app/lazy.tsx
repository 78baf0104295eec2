/** Views whose script comes when somebody first looks at them: nobody waits for those that they never open. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Busy } from '../ui/busy.tsx'
import { Notice } from '../ui/notice.tsx'
import { words } from './words.ts'

/**
 * A component that loads the real one. Once that is there, it stands there at once.
 *
 * @param load gives the component
 * @example lazy(() => import('../views/upload/upload.tsx').then(({ Upload }) => Upload))
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(properties: P) {
    const t = words()
    const [state, set] = useState<'loading' | 'there' | 'failed'>(loaded ? 'there' : 'loading')
    useEffect(() => {
      if (loaded) return
      let isShown = true
      load().then(
        (component) => {
          loaded = component
          if (isShown) set('there')
        },
        () => {
          if (isShown) set('failed')
        },
      )
      return () => {
        isShown = false
      }
    }, [])
    const Loaded = loaded
    if (Loaded) return <Loaded {...properties} />
    if (state !== 'failed') return <Busy />
    // Another release answers, which has other files; or nothing does. A failed import is not tried again by browsers.
    return (
      <Notice kind="error" title={t.viewMissing}>
        <button type="button" onClick={() => location.reload()}>
          {t.loadAnew}
        </button>
      </Notice>
    )
  }
}
