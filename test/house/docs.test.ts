/** The documentation names what there is. */
import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runCli, SOURCE } from '../support/cli.ts'
import { PROJECT } from '../support/targets.ts'
import { anchorOf, codeBlocks, PAGES, proseOf, read } from './pages/read.ts'

const codesOf = (path: string, type: string): string[] => {
  const [, union = ''] =
    new RegExp(`export type ${type} =([^\\n]*(?:\\n  \\|[^\\n]*)*)`).exec(read(path)) ?? []
  return [...union.matchAll(/'([A-Z_0-9]+)'/g)].map(([, code = '']) => code)
}

test('docs/c3d.md lists every code of the reader, and no other', () => {
  const codes = [
    ...codesOf('src/c3d/errors.ts', 'C3dErrorCode'),
    ...codesOf('src/c3d/warnings.ts', 'C3dWarningCode'),
  ]
  expect(codes.length).toBeGreaterThan(50)
  const documented = [...read('docs/c3d.md').matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_0-9]+)`/g)].map(([, code = '']) => code),
  )
  expect(documented.toSorted()).toEqual(codes.toSorted())
})

describe.each(PAGES)('%s', (path) => {
  const page = read(path)

  test('links to what is there', () => {
    const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
    for (const [link, target = '', anchor] of links) {
      const file = target === '' ? path : join(dirname(path), target)
      expect([link, existsSync(join(PROJECT, file))]).toEqual([link, true])
      if (anchor === undefined) continue
      const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))
      expect(headings).toContain(anchor)
    }
  })

  test('names files of the project that are there', () => {
    const named = proseOf(page).matchAll(/`((?:src|plugins|test|docs|bench|drizzle)\/[\w./*-]+)`/g)
    for (const [, file = ''] of named) {
      expect([file, [...new Bun.Glob(file).scanSync({ cwd: PROJECT, onlyFiles: false })].length > 0]).toEqual(
        [file, true],
      )
    }
  })
})

test('every page is reached from the README by links', () => {
  const reached = new Set(['README.md'])
  // What is added meanwhile is visited too.
  for (const page of reached) {
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)#]+\.md)/g)) {
      reached.add(join(dirname(page), target))
    }
  }
  expect(PAGES.filter((path) => !reached.has(path))).toEqual([])
})

test('every route that a page names is one of the program', async () => {
  const { stdout } = await runCli(SOURCE, ['openapi'])
  const { paths } = JSON.parse(stdout) as { paths: Record<string, Record<string, unknown>> }
  const routes = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    ),
  )
  // `P001` in an example stands for a parameter.
  const isRoute = (method: string, path: string): boolean =>
    [...routes].some((route) => {
      const [verb, pattern = ''] = route.split(' ')
      const parts = pattern.split('/')
      const given = path.split('/')
      return (
        verb === method.toLowerCase() &&
        parts.length === given.length &&
        parts.every((part, i) => part === given[i] || (part.startsWith('{') && given[i] !== ''))
      )
    })
  for (const path of PAGES) {
    const named = [...read(path).matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/[^`?\s]*)/g)]
    for (const [, method = '', route = ''] of named) {
      expect([path, method, route, isRoute(method, route)]).toEqual([path, method, route, true])
    }
  }
})

test('the bun that the README, package.json and .ci/run name is one and the same', () => {
  const { engines, packageManager } = JSON.parse(read('package.json')) as {
    engines: { bun: string }
    packageManager: string
  }
  expect(packageManager).toBe(`bun@${engines.bun}`)
  for (const path of ['README.md', '.ci/run']) {
    const named = [...read(path).matchAll(/bun@([\d.]+\d)/g)].map(([, version]) => version)
    expect(new Set(named)).toEqual(new Set([engines.bun]))
  }
})

test('docs/architecture.md draws every room of the house, and no other', () => {
  const [house = '', analyzer = ''] = codeBlocks(read('docs/architecture.md'), '')
  /** The lines below a folder at the margin, up to the next one. */
  const under = (tree: string, folder: string): string =>
    new RegExp(`^${folder}/.*\\n((?: .*\\n)*)`, 'm').exec(tree)?.[1] ?? ''
  const drawn = (tree: string): string[] =>
    [...tree.matchAll(/(?:^ {2}| {2})([a-z0-9-]+)\/ /gm)].map(([, name = '']) => name).toSorted()
  const folders = (path: string): string[] =>
    readdirSync(join(PROJECT, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted()
  // A room within a room is named with the sentence of that one.
  expect(drawn(under(house, 'src')).filter((name) => name !== 'embedded')).toEqual(folders('src'))
  expect(drawn(under(house, 'plugins'))).toEqual(folders('plugins'))
  expect(drawn(under(analyzer, 'analysis'))).toEqual(folders('plugins/emg-analyzer/analysis'))
})
