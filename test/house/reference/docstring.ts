/** A docstring in its parts, as Markdown. */

/** Where a name is explained, as the target of a link; undefined where it is not. */
export type LinkOf = (name: string) => string | undefined

interface Tag {
  readonly name: string
  readonly text: string
}

/** The text before the first tag, and the tags in order. Tags within a line of text are cut off from it too. */
export function tagsOf(doc: string): { readonly prose: string; readonly tags: readonly Tag[] } {
  const [prose = '', ...rest] = doc.split(/(?:^|\s)@(?=(?:param|returns|throws|example|see|type)\b)/)
  const tags = rest.map((part) => {
    const [, name = '', text = ''] = /^(\w+)[ \t]*([\s\S]*)$/.exec(part) ?? []
    return { name, text: text.trim() }
  })
  return { prose: prose.trim(), tags }
}

const linked = (text: string, linkOf: LinkOf): string =>
  text.replaceAll(/\{@link ([\w.]+)\}/g, (_, name: string) => {
    const target = linkOf(name)
    return target === undefined ? `\`${name}\`` : `[\`${name}\`](${target})`
  })

/** Lines of one paragraph as one line. Lists and what is indented stay as they are. */
const unwrapped = (text: string): string => text.replaceAll(/(?<!\n)\n(?!\n|\s*[-*|\d]|\s)/g, ' ')

const LABELS: Readonly<Record<string, (text: string) => string>> = {
  param: (text) => text.replace(/^(\S+)\s*(?:-\s*)?/, '`$1`: '),
  returns: (text) => `returns ${text}`,
  throws: (text) => `throws ${text.replace(/^\{(.+?)\}/, '`$1`')}`,
  see: (text) => `see ${text}`,
  type: (text) => `of type ${text}`,
}

/** @returns the prose, what its tags say as a list, and the examples */
export function docMarkdown(doc: string, linkOf: LinkOf): string {
  const { prose, tags } = tagsOf(doc)
  const items = tags.flatMap(({ name, text }) => {
    const label = LABELS[name]
    return label ? [`- ${unwrapped(label(linked(text, linkOf))).replaceAll('\n', '\n  ')}\n`] : []
  })
  const examples = tags.flatMap(({ name, text }) =>
    name === 'example' ? [`\`\`\`ts\n${text}\n\`\`\`\n`] : [],
  )
  const paragraphs = [prose && `${unwrapped(linked(prose, linkOf))}\n`, items.join(''), ...examples]
  return paragraphs.filter(Boolean).join('\n')
}
