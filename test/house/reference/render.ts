/** Pages of the reference as Markdown. */

import { PROJECT } from '../../support/targets.ts'
import { anchorOf } from '../pages/read.ts'
import { headerOf, type Kit } from './declared.ts'
import { docMarkdown, type LinkOf } from './docstring.ts'
import { ALL, FOLDER, GROUPS, groupOf, type Page } from './pages.ts'
import { addressOf, headingOf, inOrder, type Placed, place } from './place.ts'

const SEPARATOR = '// ------ '

/** Declarations in the style of the house, all at once. @throws {Error} when one is no TypeScript */
async function formatted(codes: readonly string[]): Promise<string[]> {
  const child = Bun.spawn(['bunx', 'biome', 'format', '--stdin-file-path=reference.d.ts'], {
    cwd: PROJECT,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  child.stdin.write(codes.map((code) => `${code}\n${SEPARATOR}\n`).join(''))
  await child.stdin.end()
  const [text, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  const parts = text.split(SEPARATOR.trim()).map((part) => part.trim())
  if (parts.length !== codes.length + 1) throw new Error(`a declaration cannot be formatted: ${errors}`)
  return parts.slice(0, -1)
}

/** A default export is the plugin itself; its own text says nothing else. */
const isDefault = (name: string): boolean => name === 'default'

/** Types that would fill pages are left as they were written. */
const isLong = (code: string): boolean => /v\.GenericSchema$|= v\.InferOutput<typeof \w+>$/.test(code)

const LONG =
  'It has more fields than belong here: an editor shows them, and `/api/docs` what each of them means.\n'

function entry(each: Placed, code: string, header: string, linkOf: LinkOf, uses: readonly string[]): string {
  const { name, declared } = each
  const doc = isDefault(name) ? 'The plugin, to be named under `needs`.' : docMarkdown(declared.doc, linkOf)
  return [
    `### ${headingOf(name, declared)}\n`,
    header && docMarkdown(header, linkOf),
    `\`\`\`ts\n${code}\n\`\`\`\n`,
    doc.endsWith('\n') || doc === '' ? doc : `${doc}\n`,
    isLong(code) ? LONG : '',
    uses.length > 0 ? `See also ${uses.join(', ')}.\n` : '',
  ]
    .filter(Boolean)
    .join('\n')
}

const plain = (text: string): string =>
  text.replaceAll(/import\("[^"]+"\)\./g, '').replaceAll(/\{@link ([\w.]+)\}/g, '`$1`')

/** Values need a `declare` to be formatted. */
function statement({ name, declared: { text } }: Placed): string {
  const own = plain(text).replace('_default', isDefault(name) ? 'plugin' : '_default')
  return /^(?:function|const|class)\b/.test(own)
    ? own.replaceAll(/^(?=function|const|class)/gm, 'declare ')
    : own
}

export async function render(kit: Kit): Promise<Map<string, string>> {
  const all = place(kit)
  const codes = await formatted(all.map(statement))
  const code = new Map(all.map(({ id }, i) => [id, (codes[i] ?? '').replaceAll(/^declare /gm, '')]))
  const byId = new Map(all.map((each) => [each.id, each]))
  return new Map(
    ALL.map((page) => [`${FOLDER}/${page.file}.md`, pageOf(page, all, code, (id) => byId.get(id))]),
  )
}

const WRITTEN =
  'Written by the program from its declarations and docstrings; [docs/plugins.md](../../plugins.md) is where to begin.'

const NAMED = 'Named above'

function pageOf(
  page: Page,
  all: readonly Placed[],
  code: ReadonlyMap<string, string>,
  byId: (id: string) => Placed | undefined,
): string {
  const here = all.filter((each) => each.page === page)
  const linkOf: LinkOf = (name) => {
    const [first = ''] = name.split('.')
    const known = here.find((each) => each.name === first) ?? all.find((each) => each.name === first)
    return known && addressOf(known, page)
  }
  const seen = new Set<string>()
  const entryOf = (each: Placed): string => {
    const { file, names } = each.declared
    // One function a file: its first line says where the algorithm is from.
    const header = file.startsWith('src/dsp/') && !seen.has(file) ? headerOf(file) : ''
    seen.add(file)
    const uses = names.flatMap((id) => {
      const one = byId(id)
      return one ? [`[\`${one.name}\`](${addressOf(one, page)})`] : []
    })
    return entry(each, code.get(each.id) ?? '', header, linkOf, uses)
  }
  const headingFor = ({ exported, declared }: Placed): string =>
    exported ? (page.file === 'sdk' ? groupOf(declared).heading : 'Exports') : NAMED
  const sections = [...Object.keys(GROUPS), 'Exports', NAMED].flatMap((heading) => {
    const some = inOrder(here.filter((each) => headingFor(each) === heading))
    return some.length === 0 ? [] : [{ heading, some }]
  })
  const index = sections.map(({ heading, some }) => {
    const links = some.map((each) => `[\`${each.name}\`](${addressOf(each, page)})`)
    return `- **[${heading}](#${anchorOf(heading)})**: ${links.join(', ')}\n`
  })
  const texts = sections.map(({ heading, some }) => {
    const note = heading === NAMED ? 'These are no exports: they are here for what they mean.\n\n' : ''
    return `## ${heading}\n\n${note}${some.map(entryOf).join('\n')}`
  })
  const others = ALL.map((each) => (each === page ? each.title : `[${each.title}](${each.file}.md)`)).join(
    ' · ',
  )
  return `# ${page.title}\n\n${page.intro}\n\n${WRITTEN}\n\n${others}\n\n${index.join('')}\n${texts.join('\n')}`
}
