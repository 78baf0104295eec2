/** Versions of a configuration: why there is each, and what it changed. */
import { useState } from 'preact/hooks'
import { useRead } from '../../../api/use-read.ts'
import { href, path } from '../../../app/router.ts'
import { dateTime, fixed } from '../../../language/format.ts'
import { Busy } from '../../../ui/busy.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { words as uiWords } from '../../../ui/words.ts'
import { differences } from './draft.ts'
import { figureText, labelOf } from './labels.ts'
import { words } from './words.ts'

/** Versions shown at first, and further ones each time. */
const STEP = 5

interface Properties {
  readonly id: string
  readonly version: number
  /** The one that is shown above. */
  readonly shown: number
}

function Version({ id, version, shown }: Properties) {
  const t = words()
  const own = useRead('GET /api/scoring/configurations/{id}', {
    path: { id },
    query: { version: String(version) },
  })
  const before = useRead(
    'GET /api/scoring/configurations/{id}',
    version > 1 ? { path: { id }, query: { version: String(version - 1) } } : null,
  )
  const problem = own.problem ?? before.problem
  if (problem) return <ProblemNotice problem={problem} retry={own.reload} />
  if (!own.data || (version > 1 && !before.data)) return <Busy />
  const { rules, builtIn, versionCreatedAt } = own.data
  const description = builtIn ? t.withProgram : own.data.description
  const old = before.data?.rules
  const changed = old ? differences(old, rules) : []
  return (
    <>
      <p>
        <strong>{t.versionTag(fixed(version))}</strong> {t.madeOn(dateTime(versionCreatedAt))}{' '}
        {version === shown ? (
          <span class="soft">({t.current})</span>
        ) : (
          <a href={href(path.value, { configuration: id, version })}>{t.lookAt(fixed(version))}</a>
        )}
      </p>
      <p class={description ? undefined : 'soft'}>{description || t.noDescription}</p>
      {!old && <p class="soft">{t.first}</p>}
      {old && changed.length === 0 && <p class="soft">{t.noChange}</p>}
      {old && changed.length > 0 && (
        <ul>
          {changed.map((name) => (
            <li key={name}>{t.was(labelOf(name), figureText(old, name), figureText(rules, name))}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** @param latest newest version */
export function History({ id, latest, shown }: Omit<Properties, 'version'> & { readonly latest: number }) {
  const t = words()
  const [count, setCount] = useState(STEP)
  const versions = Array.from({ length: Math.min(count, latest) }, (_, i) => latest - i)
  return (
    <section aria-labelledby="scoring-history">
      <h2 id="scoring-history">{t.history}</h2>
      <p class="soft">{t.historyText}</p>
      <ol class="scoring-versions" reversed start={latest}>
        {versions.map((version) => (
          <li key={version}>
            <Version id={id} version={version} shown={shown} />
          </li>
        ))}
      </ol>
      {latest > count && (
        <button type="button" onClick={() => setCount(count + STEP)}>
          {uiWords().more}
        </button>
      )}
    </section>
  )
}
