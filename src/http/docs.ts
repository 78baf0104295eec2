/** The API documentation as a page that needs nothing from elsewhere. */

import style from 'swagger-ui-dist/swagger-ui.css' with { type: 'file' }
import script from 'swagger-ui-dist/swagger-ui-bundle.js' with { type: 'file' }
import { pageFile } from './page-file.ts'
import type { Route } from './route.ts'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Myoserve API</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<div id="api"></div>
<script src="/api/docs/script.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null })
`

/** Swagger UI draws its pictures from data; it sets styles by script, which takes no leave. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const FILES = { summary: 'Part of the API documentation page', policy: POLICY }

/** `/api/docs` and what it loads. */
export const docsRoutes = (): Route[] => [
  pageFile(FILES, '/api/docs', 'text/html; charset=utf-8', () => PAGE),
  pageFile(FILES, '/api/docs/start.js', 'text/javascript; charset=utf-8', () => START),
  pageFile(FILES, '/api/docs/script.js', 'text/javascript; charset=utf-8', () => Bun.file(script)),
  pageFile(FILES, '/api/docs/style.css', 'text/css; charset=utf-8', () => Bun.file(style)),
]
