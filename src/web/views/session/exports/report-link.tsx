/** The report to read and to print: a page of its own. */
import { may } from '../../../app/viewer.ts'
import { language } from '../../../language/language.ts'
import { Icon } from '../../../ui/icon.tsx'
import { words } from './words.ts'

/** What a report or an export is of. */
export interface Exported {
  readonly kind: 'sessions' | 'recordings'
  readonly id: string
}

export function ReportLink({ of: { kind, id } }: { readonly of: Exported }) {
  const t = words()
  if (!may('reports:read')) return null
  // Reports are written in these two.
  const lang = language.value === 'fr' ? 'fr' : 'en'
  return (
    <a class="button" href={`/api/${kind}/${id}/report?lang=${lang}`} target="_blank" rel="noopener">
      <Icon name="print" />
      {t.report}
      <span class="hidden-text">({t.newTab})</span>
    </a>
  )
}
