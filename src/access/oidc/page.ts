/**
 * Pages at the end of a login by a provider. A browser sends cookies that are `SameSite=Strict` with no request that
 * another site has led to, however often it is redirected: a page of our own that leads on ends that.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.2
 */
import { html } from 'hono/html'
import type { Problem } from '../../http/problem.ts'

const page = (head: unknown, body: unknown): string =>
  String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<title>Myoserve</title>
</head>
<body>
${body}
</body>
</html>
`)

/** @param path of this server */
export const leadOnPage = (path: string): string =>
  page(
    html`<meta http-equiv="refresh" content="0;url=${path}">`,
    html`<p>You are logged in. <a href="${path}">Go on</a></p>`,
  )

export const problemPage = ({ code, message }: Problem, requestId: string): string =>
  page(
    '',
    html`<h1>You are not logged in</h1>
<p>${message}</p>
<p><a href="/api/login/oidc">Begin again</a></p>
<p><small>${code} ${requestId}</small></p>`,
  )
