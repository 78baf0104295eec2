/** What plugins add to the page, to what can be read, and to the analysis. */
import type { ComponentChildren } from 'preact'
import { useRead } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { language } from '../../../language/language.ts'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Said } from '../../../ui/said.tsx'
import { words } from './words.ts'

interface Addition {
  readonly id: string
  readonly summary: string
  readonly reference?: string
  readonly note?: string
}

function Part({
  title,
  count,
  children,
}: {
  readonly title: string
  readonly count: number
  readonly children: ComponentChildren
}) {
  return (
    <details>
      <summary>
        {title} <span class="soft">({count})</span>
      </summary>
      {children}
    </details>
  )
}

function Additional({ title, items }: { readonly title: string; readonly items: readonly Addition[] }) {
  const t = words()
  return (
    <Part title={title} count={items.length}>
      <dl class="plugin-additions">
        {items.map(({ id, summary, reference, note }) => (
          <div key={id}>
            <dt>
              <code>{id}</code> {note && <span class="soft">({note})</span>}
            </dt>
            <dd>
              <Said text={summary} />
              {reference && (
                <small class="soft">
                  {t.reference} {/^https:/.test(reference) ? <code>{reference}</code> : reference}
                </small>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

function PanelPart() {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/system/panels', { query: {} })
  if (problem) return <ProblemNotice problem={problem} retry={reload} />
  const panels = data?.items ?? []
  return (
    <Part title={t.panels} count={panels.length}>
      {panels.length === 0 ? (
        <p class="soft">{t.noPanels}</p>
      ) : (
        <dl class="plugin-additions">
          {panels.map(({ plugin, id, place, title }) => (
            <div key={`${plugin}/${id}`}>
              <dt>{title[language.value] ?? title.en}</dt>
              <dd>
                {plugin}, {t[`place_${place}`]}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Part>
  )
}

function FormatPart() {
  const t = words()
  const { data, problem, reload } = useRead(
    'GET /api/system/recording-formats',
    may('recordings:read') ? {} : null,
  )
  if (problem) return <ProblemNotice problem={problem} retry={reload} />
  if (!data) return null
  return (
    <Additional
      title={t.formats}
      items={data.items.map((format) => ({ ...format, note: format.extensions.join(', ') }))}
    />
  )
}

function AnalysisParts() {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/system/analysis', may('analysis:read') ? {} : null)
  if (problem) return <ProblemNotice problem={problem} retry={reload} />
  if (!data) return null
  const presets = data.presets.map((preset) => ({
    ...preset,
    ...(preset.id === data.defaultPreset && { note: t.byDefault }),
  }))
  return (
    <>
      <Additional title={t.presets} items={presets} />
      <Additional title={t.metrics} items={data.metrics} />
      <Additional title={t.detectors} items={data.detectors} />
      <Additional title={t.qualityChecks} items={data.qualityChecks} />
      <p class="soft">{t.pipeline(data.pipelineVersion)}</p>
    </>
  )
}

export function Additions() {
  const t = words()
  return (
    <section aria-labelledby="plugins-add">
      <h2 id="plugins-add">{t.adds}</h2>
      <PanelPart />
      <FormatPart />
      <AnalysisParts />
    </section>
  )
}
