/** Does something again and again for a component, as long as somebody can see it. */
import { useEffect, useRef } from 'preact/hooks'

/**
 * For what no stream tells of. A page in the background asks for nothing, and asks at once when it is looked at again.
 *
 * @param ms between two times
 */
export function useEvery(ms: number, work: () => void): void {
  const latest = useRef(work)
  latest.current = work
  useEffect(() => {
    const run = (): void => {
      if (!document.hidden) latest.current()
    }
    const timer = setInterval(run, ms)
    document.addEventListener('visibilitychange', run)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', run)
    }
  }, [ms])
}
