/** The pages of the documentation, and what can be read off them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../../support/targets.ts'

/** A file of the project, by its path from the root. */
export const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8')

/** The README and every page below docs/. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
]

/** A page without its code blocks. */
export const proseOf = (page: string): string => page.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** The part of a page below a heading, up to the next one of its level. */
export function sectionOf(page: string, heading: string): string {
  const [, level = ''] = /^(#+) /.exec(heading) ?? []
  const start = page.indexOf(`\n${heading}\n`)
  if (start < 0) throw new Error(`there is no "${heading}"`)
  const rest = page.slice(start + heading.length + 1)
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** The rows of all tables of a text, without heads, as trimmed cells. */
export function rowsOf(text: string): string[][] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    const isRow = line.startsWith('|') && !/^\|[-| ]+\|$/.test(line)
    const isHead = /^\|[-| ]+\|$/.test(lines[i + 1] ?? '')
    if (!isRow || isHead) return []
    const cells = line.slice(1, line.lastIndexOf('|')).split(/(?<!\\)\|/)
    return [cells.map((cell) => cell.replaceAll('\\|', '|').trim())]
  })
}

/** What stands in the first pair of backticks of a cell. */
export const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

/** Code blocks of one kind: what stands behind their three backticks. */
export const codeBlocks = (page: string, kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text)

/** The anchor of a heading, as web pages of repositories make it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
