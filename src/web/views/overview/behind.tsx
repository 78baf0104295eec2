/** Patients who come less often than the protocol has it. */
import { href } from '../../app/router.ts'
import { fixed } from '../../language/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { adherenceText } from '../patient/adherence-text.ts'
import type { Day } from './today.tsx'
import { words } from './words.ts'

export function Behind({ patients }: { readonly patients: Day['patients']['behind'] }) {
  const t = words()
  if (patients.length === 0)
    return (
      <Empty title={t.nobodyBehind}>
        <p>{t.nobodyBehindHint}</p>
      </Empty>
    )
  return (
    <>
      <p class="soft">{t.behindHint}</p>
      <ul class="overview-behind">
        {patients.map(({ patientCode, score, category, completed, expected, protocolDay }) => (
          <li key={patientCode}>
            <a href={href(`/patients/${patientCode}`)}>{patientCode}</a>
            <Badge kind={category === 'poor' ? 'bad' : 'warning'}>
              {category === 'poor' ? t.poor : t.moderate}
            </Badge>
            <span class="number">{adherenceText(score)}</span>
            <small>{t.behindOf(fixed(completed), fixed(expected), protocolDay ?? 0)}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
