/** What somebody would see at a glance: text that is cut off, figures without form, a page that is too wide. */
import type { Page } from 'playwright-core'
import { frenchMistakes, textMistakes } from './typography.ts'

/** Words that no French sentence has. */
const ENGLISH =
  /\b(?:the|of|and|with|this|that|which|has|have|was|were|from|not|are|is|there|no|none|show|all|by)\b/i

interface Seen {
  /** Texts, one an element; those that are marked as English, or as code, are left out. */
  readonly texts: readonly string[]
  readonly tooWide: number
  readonly cut: readonly string[]
  readonly headings: number
}

const LOOK = `(() => {
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').replace(/^[ \\n]+|[ \\n]+$/g, '')
  const elements = [...document.querySelectorAll('body *')].filter(isShown)
  const spoken = elements.filter((element) => !element.closest('[lang=en]:not(html), code, pre, kbd, option, script, style, textarea'))
  const labels = spoken.flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)))
  const cut = elements.filter((element) => {
    if (own(element) === '' || element.closest('[role=group], .hidden-text')) return false
    const { overflowX, overflowY } = getComputedStyle(element)
    return (overflowX === 'hidden' || overflowX === 'clip') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
      || (overflowY === 'hidden' || overflowY === 'clip') && element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 1
  })
  return {
    texts: [...spoken.map(own), ...labels, document.title].filter(Boolean),
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: cut.map((element) => own(element)),
    headings: document.querySelectorAll('h1').length,
  }
})()`

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Digits that nobody measured, or a power of ten. */
const UNFORMATTED = /\d[.,]\d{5,}|\d(?:e[-+]\d)|(?<![\d.:T-])\d{7,}(?![\d-])/

/**
 * @param language of the page: French is held to its own typography, and has no English sentence
 * @returns what is wrong, one sentence each
 */
export async function lookAt(page: Page, language: 'en' | 'fr'): Promise<string[]> {
  const { texts, tooWide, cut, headings } = await page.evaluate<Seen>(LOOK)
  const wrong = texts.flatMap((text) =>
    [
      ...textMistakes(
        text.trim().replaceAll(/\s+/g, (space) => (/[\u00a0\u202f]/.test(space) ? '\u202f' : ' ')),
      ),
      ...(UNFORMATTED.test(text.replaceAll(UUID, '')) ? ['a figure without form'] : []),
      ...(language === 'fr' ? frenchMistakes(text) : []),
      ...(language === 'fr' && (text.match(new RegExp(ENGLISH, 'gi')) ?? []).length > 1 ? ['English'] : []),
    ].map((mistake) => `${mistake}: ${text}`),
  )
  return [
    ...new Set(wrong),
    ...(tooWide > 0 ? [`the page is ${tooWide} px wider than the screen`] : []),
    ...cut.map((text) => `cut off: ${text}`),
    ...(headings === 1 ? [] : [`there are ${headings} headings of level 1`]),
    ...(texts.join(' ').length > 40 ? [] : [`it says next to nothing: ${texts.join(' ')}`]),
  ]
}
