/** What the marks of the plots mean, said once. */
import { shape, swatch } from '../drawing/marks.ts'
import type { Language } from '../languages/index.ts'
import { type Markup, markup } from '../markup.ts'

const sample = (kind: string): Markup =>
  markup`<svg class="swatch" viewBox="0 0 24 12" aria-hidden="true"><line x1="1" y1="6" x2="23" y2="6" class="${kind}"/></svg>`

const TRIANGLE = markup`<svg class="swatch" viewBox="0 0 24 12" aria-hidden="true"><path d="M7 2h10l-5 8z" class="clipped"/></svg>`

/** The legend of all plots of a page. */
export function legendOf({ texts: { plot } }: Language): Markup {
  const entries = [
    [swatch('good'), shape('good'), plot.good],
    [swatch('missed'), shape('missed'), plot.missed],
    [swatch('unjudged'), shape('unknown'), plot.unjudged],
    [swatch('gap'), '', plot.dropout],
    [sample('held'), '', plot.held],
    [TRIANGLE, '', plot.clipped],
    [sample('mvc-line'), '', plot.mvc],
    [sample('target-line'), '', plot.threshold],
  ]
  return markup`<h3>${plot.legend}</h3>
<ul class="legend">${entries.map(([mark, sign, words]) => markup`<li>${mark ?? ''}${sign ?? ''}<span>${words ?? ''}</span></li>`)}</ul>
`
}
