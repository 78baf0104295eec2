/** Files of the server's own pages: only what the page loads from here may run in it. */
import { type Route, route } from './route.ts'

/** A page whose files are answered by routes of their own. */
export interface ServedPage {
  /** As the OpenAPI document names its files. */
  readonly summary: string
  /** Its Content-Security-Policy. */
  readonly policy: string
}

/** The route of one file of a page. @param type its media type, with its charset */
export const pageFile = (
  { summary, policy }: ServedPage,
  path: string,
  type: string,
  body: () => string | Bun.BunFile,
): Route =>
  route({
    method: 'get',
    path,
    summary,
    policy: 'public',
    answers: { 200: { description: 'The file', mediaType: type.split(';')[0] as string } },
    handle: () =>
      new Response(body(), {
        headers: { 'content-type': type, 'content-security-policy': policy, 'cache-control': 'no-cache' },
      }),
  })
