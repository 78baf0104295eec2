/** Reads pages strictly: every tag closed in its order, every attribute quoted, nothing that could run or be loaded. */

const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input'])
const TAG = /<(!doctype [^>]*|\/?[a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"<>]*")?)*)\s*(\/?)>/y
const ENTITY = /&(?:amp|lt|gt|quot|nbsp|#39|#x?[0-9a-fA-F]+);/y

export interface Page {
  /** Names of elements, in the order they open. */
  readonly elements: readonly string[]
  /** `name=value` of every attribute, the value as it is written. */
  readonly attributes: ReadonlyArray<readonly [name: string, value: string]>
  /** Texts of elements of a name, entities as they are, blanks single. */
  texts(name: string): string[]
}

/** @throws where the page is not well-formed, with what stands there */
export function readPage(html: string): Page {
  const open: string[] = []
  const elements: string[] = []
  const attributes: Array<readonly [string, string]> = []
  const texts: Array<{ readonly name: string; text: string }> = []
  const reading: Array<{ readonly name: string; text: string }> = []
  const wrong = (at: number, what: string): Error =>
    new Error(`${what} at ${at}: ${html.slice(Math.max(0, at - 40), at + 60)}`)
  let at = 0
  while (at < html.length) {
    const next = html.charAt(at)
    if (next === '<') {
      TAG.lastIndex = at
      const match = TAG.exec(html)
      if (!match) throw wrong(at, 'no tag')
      const [whole, name = '', written = '', selfClosing] = match
      at += whole.length
      for (const [, key = '', value = ''] of written.matchAll(/([a-zA-Z][\w:-]*)(?:="([^"]*)")?/g))
        attributes.push([key, value])
      if (name.startsWith('!')) continue
      if (name.startsWith('/')) {
        if (open.pop() !== name.slice(1)) throw wrong(at, `${name} closes what is not open`)
        reading.pop()
        continue
      }
      elements.push(name)
      if (selfClosing || VOID.has(name)) continue
      open.push(name)
      const text = { name, text: '' }
      texts.push(text)
      reading.push(text)
      if (name === 'style') {
        const end = html.indexOf('</style>', at)
        text.text = html.slice(at, end)
        at = end
      }
      continue
    }
    if (next === '&') {
      ENTITY.lastIndex = at
      if (!ENTITY.test(html)) throw wrong(at, 'a bare &')
    }
    if (next === '>') throw wrong(at, 'a bare >')
    for (const each of reading) each.text += next
    at++
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`)
  return {
    elements,
    attributes,
    texts: (name) =>
      texts.filter((each) => each.name === name).map(({ text }) => text.replace(/\s+/g, ' ').trim()),
  }
}

/** What of a page could run, or be loaded from elsewhere. */
export const dangersOf = ({ elements, attributes }: Page): string[] => [
  ...elements.filter((name) =>
    /^(script|iframe|object|embed|link|img|image|form|base|foreignObject|a)$/i.test(name),
  ),
  ...attributes.flatMap(([name, value]) =>
    /^on/i.test(name) ||
    name === 'src' ||
    name === 'style' ||
    (/href$/i.test(name) && !value.startsWith('#')) ||
    (/url\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value))
      ? [`${name}=${value}`]
      : [],
  ),
]
