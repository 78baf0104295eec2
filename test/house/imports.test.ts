/** Who may import whom: the rules of the house, checked on the import statements themselves. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { builtInPlugins } from '../../src/built-in.ts'
import { PROJECT } from '../support/targets.ts'

interface Import {
  readonly from: string
  readonly to: string
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g

const files = [...new Bun.Glob('{src,plugins}/**/*.{ts,tsx}').scanSync(PROJECT)].filter(
  (path) => !/\.test(-d)?\.tsx?$|\.d\.ts$|\/fixtures\.ts$/.test(path),
)

const imports: readonly Import[] = files.flatMap((from) =>
  [...readFileSync(join(PROJECT, from), 'utf8').matchAll(IMPORT)].map(([, specifier = '']) => ({
    from,
    to: specifier.startsWith('.') ? relative(PROJECT, join(PROJECT, dirname(from), specifier)) : specifier,
  })),
)
const inside = imports.filter(({ to }) => /^(src|plugins|drizzle)\/|^package\.json$/.test(to))

/** The room a file stands in: its folder below src/, or the file itself where it stands in src/. */
const room = (path: string): string => path.split('/').slice(0, 2).join('/')

const violations = (allowed: (each: Import) => boolean): string[] =>
  inside.filter((each) => !allowed(each)).map(({ from, to }) => `${from} imports ${to}`)

describe('imports', () => {
  test('are found', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(inside.length).toBeGreaterThan(100)
  })

  test.each(['src/dsp', 'src/c3d', 'src/sentences'])('%s imports nothing but itself', (folder) => {
    expect(imports.filter(({ from, to }) => room(from) === folder && room(to) !== folder)).toEqual([])
  })

  test('the page imports nothing of the server but types and sentences, and nobody imports the page', () => {
    const typeOnly = ({ from, to }: Import): boolean => {
      const name = to.split('/').at(-1) as string
      const text = readFileSync(join(PROJECT, from), 'utf8')
      return new RegExp(`import type [^'\\n]*(?:\\n[^'\\n]*)*'[^'\\n]*${RegExp.escape(name)}'`).test(text)
    }
    const allowed = (each: Import): boolean => {
      if (room(each.from) !== 'src/web') return room(each.to) !== 'src/web'
      return ['src/web', 'src/sentences'].includes(room(each.to)) || typeOnly(each)
    }
    expect(violations(allowed)).toEqual([])
  })

  test('plugins import the SDK, the index of other plugins, and their own migrations', () => {
    const allowed = ({ from, to }: Import): boolean =>
      !from.startsWith('plugins/') ||
      to === 'src/sdk.ts' ||
      room(to) === room(from) ||
      /^plugins\/[^/]+\/index\.ts$/.test(to) ||
      to.startsWith(`drizzle/${from.split('/')[1]}/`)
    expect(violations(allowed)).toEqual([])
  })

  test('plugins import plugins that stand above them in the line, and no other', () => {
    const place = new Map(builtInPlugins.map(({ name }, i) => [`plugins/${name}`, i]))
    const allowed = ({ from, to }: Import): boolean =>
      !(from.startsWith('plugins/') && to.startsWith('plugins/')) ||
      room(from) === room(to) ||
      (place.get(room(to)) ?? Number.NaN) < (place.get(room(from)) ?? Number.NaN)
    expect(violations(allowed)).toEqual([])
  })

  test('the host imports no plugin but in the list of built-in ones', () => {
    const allowed = ({ from, to }: Import): boolean =>
      !from.startsWith('src/') || !to.startsWith('plugins/') || from === 'src/built-in.ts'
    expect(violations(allowed)).toEqual([])
  })

  test('the rooms of src/ and the plugins import each other in no circle', () => {
    const edges = new Map<string, Set<string>>()
    for (const { from, to } of inside) {
      if (room(from) !== room(to)) edges.set(room(from), (edges.get(room(from)) ?? new Set()).add(room(to)))
    }
    const circles: string[] = []
    const visit = (node: string, path: readonly string[]): void => {
      if (path.includes(node)) circles.push([...path.slice(path.indexOf(node)), node].join(' -> '))
      else if (!done.has(node)) for (const next of edges.get(node) ?? []) visit(next, [...path, node])
      done.add(node)
    }
    const done = new Set<string>()
    for (const node of edges.keys()) visit(node, [])
    expect(circles).toEqual([])
  })
})
