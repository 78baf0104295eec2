/** Why a plugin is not at work, in the language of the page where it has words for it. */
import { Said } from '../../../ui/said.tsx'
import { causeOf } from './help.ts'
import { words } from './words.ts'

/** @param reason as `GET /health` says it */
export function Reason({ reason }: { readonly reason: string }) {
  const t = words()
  const cause = causeOf(reason)
  if (cause.kind === 'other') return <Said text={reason} />
  if (cause.kind === 'needsInstalled' || cause.kind === 'needsWorking')
    return <>{t[cause.kind](cause.plugin)}</>
  return <>{t[cause.kind]}</>
}
