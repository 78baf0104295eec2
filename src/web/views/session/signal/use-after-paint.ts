/** What lies below the first screen waits until the screen is painted. */
import { useEffect, useState } from 'preact/hooks'

/** false until the browser has painted once what is shown with it. */
export function useAfterPaint(): boolean {
  const [isPainted, set] = useState(false)
  useEffect(() => {
    const frame = requestAnimationFrame(() => set(true))
    return () => cancelAnimationFrame(frame)
  }, [])
  return isPainted
}
