/** The whole page: self-contained, without scripts, printable on A4. */
import { raw } from 'hono/html'
import { DEFINITIONS } from '../drawing/marks.ts'
import type { Language } from '../languages/index.ts'
import { type Markup, markup } from '../markup.ts'
import type { ReportSubject } from '../subject.ts'
import { channelsOf } from './channels.ts'
import { headOf } from './head.ts'
import { legendOf } from './legend.ts'
import { pairsOf } from './pairs.ts'
import { provenanceOf } from './provenance.ts'
import { qualityOf } from './quality.ts'
import { scoresOf } from './scores.ts'
import style from './style.css' with { type: 'text' }

const styleHash = new Bun.CryptoHasher('sha256').update(style).digest('base64')

/**
 * What a report may load and run: its own style, named by its hash, and nothing else.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export const POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`

/** One recording's part of a page. */
export const articleOf = (subject: ReportSubject, language: Language): Markup =>
  markup`<article>
${headOf(subject, language)}${qualityOf(subject.analysis, language)}${
  subject.analysis.channels.length === 0 ? '' : legendOf(language)
}${channelsOf(subject, language)}${pairsOf(subject.analysis, language)}${scoresOf(
  subject.analysis,
  language,
)}${provenanceOf(subject, language)}</article>
`

/** The page of one or several recordings. @returns a document of HTML */
export function pageOf(articles: readonly Markup[], { code, texts }: Language): string {
  const page = markup`<!doctype html>
<html lang="${code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<style>${raw(style)}</style>
</head>
<body>
${DEFINITIONS}${articles}<footer><p>${texts.generatedBy}</p><p>${texts.notMedical}</p></footer>
</body>
</html>
`
  return page.toString()
}
