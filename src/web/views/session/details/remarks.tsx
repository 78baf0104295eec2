/** What has to be borne in mind of the file, and channels that were left out. */
import type { Analysis } from '../../../api/shapes.ts'
import { Said } from '../../../ui/said.tsx'
import { words } from './words.ts'

export function Remarks({ analysis: { warnings, exclusions } }: { readonly analysis: Analysis }) {
  const t = words()
  return (
    <section class="card" aria-labelledby="session-remarks">
      <h2 id="session-remarks">{t.remarks}</h2>
      {warnings.length + exclusions.length === 0 && <p class="soft">{t.noRemarks}</p>}
      {warnings.length > 0 && (
        <>
          <h3>{t.warnings}</h3>
          <ul>
            {warnings.map(({ code, message }) => (
              <li key={`${code} ${message}`}>
                <Said text={message} />
              </li>
            ))}
          </ul>
        </>
      )}
      {exclusions.length > 0 && (
        <>
          <h3>{t.excluded}</h3>
          <ul>
            {exclusions.map(({ index, name, reason }) => (
              <li key={index}>
                <strong>{name}</strong> – <Said text={reason} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
