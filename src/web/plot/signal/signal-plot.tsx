/** The signal plot: panes of channels that one moves in, with overview, tools, legend and read-out. */
import { effect } from '@preact/signals'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client.ts'
import { seconds } from '../../language/format.ts'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { createCommands } from './commands.ts'
import type { SignalPlotProperties } from './contract.ts'
import { Help, Legend } from './legend.tsx'
import { startLoading } from './loading.ts'
import { createModel, type Model } from './model.ts'
import { Overview } from './overview.tsx'
import { Stage } from './stage.tsx'
import { createSync, watchTheme } from './sync.ts'
import { cursorText, selectionText } from './texts.ts'
import { EditTools, Tools } from './tools.tsx'
import { words } from './words.ts'
import './signal-plot.css'

/** Values are said once the cursor rests, in ms. */
const SAID_AFTER_MS = 500

/** The range that is shown, and the values at the cursor: for eyes at once, for ears once it rests. */
function ReadOut({ model }: { readonly model: Model }) {
  const t = words()
  const [said, say] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = effect(() => {
      const text = cursorText(model)
      clearTimeout(timer)
      timer = setTimeout(() => say(text), SAID_AFTER_MS)
    })
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [model])
  const range = model.shown.value
  return (
    <div class="signal-read-out">
      <span class="signal-figures">{t.shownRange(seconds(range.fromMs), seconds(range.toMs))}</span>
      <span class="signal-figures" aria-hidden="true">
        {cursorText(model) || t.pointAt}
      </span>
      <span class="hidden-text" role="status">
        {said}
      </span>
    </div>
  )
}

const Selection = ({ model }: { readonly model: Model }) => (
  <p class="signal-selection" role="status">
    {selectionText(model)}
  </p>
)

function Problem({ model, retry }: { readonly model: Model; readonly retry: () => void }) {
  const t = words()
  const problem = model.problem.value
  if (problem === undefined) return null
  if (problem instanceof ApiProblem) return <ProblemNotice problem={problem} retry={retry} />
  return (
    <Notice kind="error">
      <p>{t.unreadable}</p>
    </Notice>
  )
}

function Plot(properties: SignalPlotProperties) {
  const t = words()
  const section = useRef<HTMLElement>(null)
  const helpId = useId()
  const model = useMemo(() => createModel(properties), [])
  const commands = useMemo(() => createCommands(model), [model])
  const sync = useMemo(() => createSync(model), [model])
  const loading = useRef<ReturnType<typeof startLoading> | undefined>(undefined)
  useLayoutEffect(() => sync.take(properties))
  useEffect(() => {
    const ends = [sync.start(), section.current ? watchTheme(model, section.current) : undefined]
    loading.current = startLoading(model)
    return () => {
      loading.current?.stop()
      for (const end of ends) end?.()
    }
  }, [model, sync])

  if (properties.channels.length === 0) return <p class="soft">{t.noChannels}</p>
  return (
    <>
      <Tools model={model} commands={commands} />
      {model.mode.value === 'edit' && <EditTools model={model} commands={commands} />}
      <Problem model={model} retry={() => loading.current?.retry()} />
      <Overview model={model} />
      <section ref={section} class="signal-plot" aria-label={t.plot} aria-busy={model.isLoading.value}>
        <Stage model={model} commands={commands} helpId={helpId} />
        {model.loaded.value === 0 && model.problem.value === undefined && (
          <p class="signal-loading busy" role="status">
            {t.loading}
          </p>
        )}
      </section>
      <ReadOut model={model} />
      <Selection model={model} />
      <Legend model={model} />
      <Help id={helpId} canEdit={properties.onEdit !== undefined} />
    </>
  )
}

/** {@link SignalPlotProperties} say what it takes. Another recording is another plot. */
export const SignalPlot = (properties: SignalPlotProperties) => (
  <div class="signal">
    <Plot key={properties.recordingId} {...properties} />
  </div>
)
