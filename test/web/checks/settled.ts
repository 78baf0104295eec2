/** Waits until a view shows all that it has to show. */
import type { Page, Request } from 'playwright-core'

const PATIENCE_MS = 10_000
const STILL_MS = 120

/** A stream stays open for as long as it is watched. */
const ends = (request: Request): boolean => request.resourceType() !== 'eventsource'

/**
 * Follows the requests of a page from now on.
 *
 * @returns waits until none is on its way for a while, and nothing on the page says that it is loading
 */
export function settling(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  let changedAt = performance.now()
  const change = (): void => {
    changedAt = performance.now()
  }
  page.on('request', (request) => {
    if (ends(request)) open.add(request)
    change()
  })
  for (const event of ['requestfinished', 'requestfailed'] as const)
    page.on(event as 'requestfinished', (request) => {
      open.delete(request)
      change()
    })
  return async () => {
    // What was asked for last may not have begun to load.
    change()
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await Bun.sleep(20)) {
      if (open.size > 0 || performance.now() - changedAt < STILL_MS) continue
      if ((await page.locator('.busy, [aria-busy=true]').count()) === 0) return
    }
    const waiting = [...open].map((request) => request.url())
    throw new Error(`${page.url()} is still loading after ${PATIENCE_MS} ms: ${waiting.join(', ')}`)
  }
}
