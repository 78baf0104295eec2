/** How a configuration is: active, to be chosen, retired; and what it is called. */
import { fixed } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import type { Configuration } from './editor.tsx'
import { words } from './words.ts'

/** That of the program has an English name of its own. */
export const nameOf = ({ name, builtIn }: Pick<Configuration, 'name' | 'builtIn'>): string =>
  builtIn ? words().builtInName : name

export function ConfigurationState({ of }: { readonly of: Configuration }) {
  const t = words()
  if (of.activeVersion !== null) return <Badge kind="good">{t.isActive(fixed(of.activeVersion))}</Badge>
  if (of.retiredAt !== null) return <Badge kind="plain">{t.retired}</Badge>
  return <Badge kind="unknown">{of.builtIn ? t.builtIn : t.available}</Badge>
}
