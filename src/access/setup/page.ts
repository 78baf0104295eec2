/** `/setup`: the page of a one-time link. It needs nothing from elsewhere, and no script within it. */
import { pageFile } from '../../http/page-file.ts'
import type { Route } from '../../http/route.ts'
import style from './setup.css' with { type: 'file' }
import script from './setup.page.js' with { type: 'file' }

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Myoserve</title>
<link rel="stylesheet" href="/api/setup/style.css">
</head>
<body>
<main>
<h1>Myoserve</h1>
<p id="said" role="status"></p>
<p id="next" hidden><a class="button" href="/" data-word="toPage">Go on to Myoserve</a></p>
<form hidden>
<label class="first"><span data-word="name">Login name</span> <input name="name" autocomplete="username" required maxlength="64" autocapitalize="none" spellcheck="false"><small data-word="nameHint">Small letters, digits and . _ @ -, such as anna.maes; it stays as it is</small></label>
<label class="first"><span data-word="displayName">What people call you</span> <input name="displayName" autocomplete="name" maxlength="100"></label>
<label><span data-word="password">Password</span> <input name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="256"><small data-word="hint">12 characters or more; a few words are good</small></label>
<label><span data-word="again">Password once more</span> <input name="again" type="password" autocomplete="new-password" required maxlength="256"></label>
<button data-word="submit">Set the password</button>
</form>
</main>
<script src="/api/setup/script.js"></script>
</body>
</html>
`

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const FILES = { summary: 'Part of the page of one-time links', policy: POLICY }

export const setupPageRoutes = (): Route[] => [
  pageFile(FILES, '/setup', 'text/html; charset=utf-8', () => PAGE),
  pageFile(FILES, '/api/setup/script.js', 'text/javascript; charset=utf-8', () => Bun.file(script)),
  pageFile(FILES, '/api/setup/style.css', 'text/css; charset=utf-8', () => Bun.file(style)),
]
