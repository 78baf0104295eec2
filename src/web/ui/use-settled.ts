/** What is typed, once it is typed. */
import { useEffect, useState } from 'preact/hooks'

/** Long enough that nothing is asked letter by letter. */
const TYPING_MS = 250

/** The text as it is once nobody has typed for a moment. */
export function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
