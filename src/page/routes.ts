/** `/` and what it loads: the page. Where one is in it stands behind `#`, which no server and no log gets to see. */
import * as v from 'valibot'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import type { PageFile } from './bundle.ts'
import { pageFiles } from './files.ts'

/** Plots set styles by script, which takes no leave; pictures of the style sheet are data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

const YEAR_S = 31_536_000

/** The form that takes the least room of those that a client takes. */
function packed(file: PageFile, accepted: string): { body: Uint8Array; encoding?: string } {
  const takes = (name: string): boolean =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(accepted)
  if (takes('br')) return { body: file.br, encoding: 'br' }
  if (takes('gzip')) return { body: file.gzip, encoding: 'gzip' }
  return { body: file.plain }
}

function answer(file: PageFile, accepted: string): Response {
  const { body, encoding } = packed(file, accepted)
  return new Response(body as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': TYPES[file.name.slice(file.name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'cache-control': file.name === 'index.html' ? 'no-cache' : `public, max-age=${YEAR_S}, immutable`,
      vary: 'accept-encoding',
      ...(encoding && { 'content-encoding': encoding }),
    },
  })
}

async function named(name: string, accepted = ''): Promise<Response> {
  const file = (await pageFiles()).get(name)
  if (!file) throw new Problem(404, 'NOT_FOUND', 'The page has no such file; load the page again.')
  return answer(file, accepted)
}

export const pageRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/',
    summary: 'The page',
    policy: 'public',
    answers: { 200: { description: 'HTML', mediaType: 'text/html' } },
    handle: ({ c }) => named('index.html', c.req.header('accept-encoding')),
  }),
  route({
    method: 'get',
    path: '/page/{file}',
    summary: 'A file of the page',
    policy: 'public',
    concerns: 'nothing',
    params: v.object({
      file: v.pipe(v.string(), v.regex(/^[\w-]+\.[a-z]+$/), v.description('As the page names it')),
    }),
    answers: {
      200: { description: 'The file', mediaType: 'text/javascript' },
      404: { description: 'The page has no such file: another release runs' },
    },
    handle: ({ c, params }) => named(params.file, c.req.header('accept-encoding')),
  }),
]
