/** What a browser does by itself between pages, and a page of one piece has to do: title, focus, top of the page. */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const PRODUCT = 'Myoserve'

const setTitle = (view: string | undefined): void => {
  const title = view ? `${view} – ${PRODUCT}` : PRODUCT
  if (document.title !== title) document.title = title
}

/** The title of the window where there is no frame around the view. */
export const useViewTitle = (view: string): void => useEffect(() => setTitle(view), [view])

/** Keeps the title of the window after the heading of the view, whenever that comes to be there. */
function followHeading(main: HTMLElement): () => void {
  const tell = (): void => setTitle(main.querySelector('h1')?.textContent?.trim())
  const observer = new MutationObserver(tell)
  observer.observe(main, { childList: true, subtree: true, characterData: true })
  tell()
  return () => observer.disconnect()
}

/** To the heading, so that a screen reader reads it; to the whole view where that is still on its way. */
function focusView(main: HTMLElement): void {
  const heading = main.querySelector('h1')
  if (heading) heading.tabIndex = -1
  const target = heading ?? main
  target.focus({ preventScroll: true })
}

/** @param path of the view; the first one keeps the focus where the browser has put it */
export function useViewChange(main: RefObject<HTMLElement | null>, path: string): void {
  const last = useRef(path)
  useEffect(() => (main.current ? followHeading(main.current) : undefined), [main])
  useEffect(() => {
    if (last.current === path || !main.current) return
    last.current = path
    scrollTo(0, 0)
    // Whoever types a search goes on typing in it.
    if (!document.activeElement?.matches('search input')) focusView(main.current)
  }, [main, path])
}
