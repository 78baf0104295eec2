/** Makes the files of the page from `src/web`, as small as they go. */
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { EXIT, Failure } from '../exit.ts'

const SOURCE = join(import.meta.dir, '../web')

/** A file of the page, in each form that a browser may take. */
export interface PageFile {
  /** With a hash of what is in it, but for `index.html`. */
  readonly name: string
  readonly plain: Uint8Array
  readonly gzip: Uint8Array
  readonly br: Uint8Array
}

const fileOf = (name: string, plain: Uint8Array): PageFile => ({
  name,
  plain,
  gzip: gzipSync(plain, { level: 9 }),
  br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength } }),
})

/** Text between elements, where nothing is left to be read as markup. */
const shell = (script: string, style: string, icon: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Myoserve</title>
<link rel="icon" href="/page/${icon}">
<link rel="stylesheet" href="/page/${style}">
<script type="module" src="/page/${script}"></script>
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript. Cette page a besoin de JavaScript.</noscript>
</body>
</html>
`

/**
 * Bundles the page.
 *
 * @throws {Failure} 70 with what the bundler says
 */
export async function bundlePage(): Promise<PageFile[]> {
  const result = await Bun.build({
    entrypoints: [join(SOURCE, 'main.tsx')],
    target: 'browser',
    format: 'esm',
    minify: true,
    // Views that are imported when they are opened are files of their own.
    splitting: true,
    naming: { entry: 'page-[hash].[ext]', chunk: 'part-[hash].[ext]', asset: '[name]-[hash].[ext]' },
    loader: { '.svg': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    throw: false,
  })
  if (!result.success)
    throw new Failure(EXIT.ourFault, `the page cannot be bundled: ${result.logs.join('; ')}`)
  // The style sheet of the page has the styles of all parts; those by part are nobody's.
  const outputs = result.outputs
    .map((each) => ({ name: basename(each.path), each }))
    .filter(({ name }) => !/^part-.*\.css$/.test(name))
  const named = (prefix: string, suffix: string): string => {
    const found = outputs.find(({ name }) => name.startsWith(prefix) && name.endsWith(suffix))
    if (!found) throw new Failure(EXIT.ourFault, `the page has no file ${prefix}*${suffix}`)
    return found.name
  }
  const files = outputs.map(async ({ name, each }) => fileOf(name, new Uint8Array(await each.arrayBuffer())))
  const html = shell(named('page-', '.js'), named('page-', '.css'), named('icon-', '.svg'))
  return [fileOf('index.html', new TextEncoder().encode(html)), ...(await Promise.all(files))]
}
