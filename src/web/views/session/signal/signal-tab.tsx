/** The signal with its contractions, their table, what is set by hand, and what other parameters would make of it. */
import { useMemo } from 'preact/hooks'
import type { Analysis, AnalysisCatalogue } from '../../../api/shapes.ts'
import { useRead } from '../../../api/use-read.ts'
import { query } from '../../../app/router.ts'
import { type ContractionReference, SignalPlot } from '../../../plot/signal/index.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { setQuery } from '../address.ts'
import { findReference, spellReference } from '../address-parts.ts'
import { mayEdit, useEdits } from '../edits/use-edits.ts'
import { type Changes, readValues, requestOf, spellValues } from '../parameters/changes.ts'
import { Differences } from '../parameters/differences.tsx'
import { ParametersPanel } from '../parameters/panel.tsx'
import { useRecalculation } from '../parameters/use-recalculation.ts'
import { words as parameterWords } from '../parameters/words.ts'
import type { Subject } from '../subject.ts'
import { BelowPlot } from './below-plot.tsx'
import { Choices, readChoices } from './choices.tsx'
import { useAfterPaint } from './use-after-paint.ts'
import { words } from './words.ts'
import './signal.css'

/** What is changed about the analysis, as the address has it. */
const readChanges = (stored: Analysis): Changes => ({
  preset: query.value.get('preset') ?? stored.preset,
  values: readValues(query.value.get('set')),
})

const writeChanges = ({ preset, values }: Changes, stored: Analysis): void =>
  setQuery({ preset: preset === stored.preset ? null : preset, set: spellValues(values) })

const select = (reference: ContractionReference | null): void => setQuery({ at: spellReference(reference) })

function usePanel(stored: Analysis, recordingId: string) {
  const catalogue: AnalysisCatalogue | undefined = useRead('GET /api/system/analysis', {}).data
  const changes = readChanges(stored)
  const request = requestOf(changes, stored.preset)
  const recalculation = useRecalculation(recordingId, request, stored)
  return {
    catalogue,
    changes,
    request,
    recalculation,
    isOpen: query.value.get('panel') === 'parameters',
    toggle: (isOpen: boolean) => setQuery({ panel: isOpen ? 'parameters' : null }),
    reset: () => setQuery({ preset: null, set: null }),
  }
}

export function SignalTab({ subject }: { readonly subject: Subject }) {
  const t = words()
  const { analysis: stored, recordingId, session } = subject
  const panel = usePanel(stored, recordingId)
  const edits = useEdits(recordingId, session?.id)
  const { request, recalculation } = panel
  const shown = recalculation.analysis ?? stored
  const { channels, view, layout, hasSharedScale } = readChoices(shown.channels)
  const places = channels.map(({ index }) => index).join(',')
  // The same for as long as nothing of it changes, so that the plot draws nothing anew.
  const plotted = useMemo(() => channels, [shown, places])
  const selected = findReference(query.value.get('at'), channels)
  const isPainted = useAfterPaint()
  const isEditable = mayEdit() && request === null
  return (
    <div class={`session-signal ${panel.isOpen ? 'with-panel' : ''}`}>
      <div class="session-signal-main">
        <div class="session-toolbar">
          <Choices all={shown.channels} />
          <button
            type="button"
            class="not-printed"
            aria-expanded={panel.isOpen}
            onClick={() => panel.toggle(!panel.isOpen)}
          >
            <Icon name="system" />
            {parameterWords().open}
          </button>
        </div>
        {request !== null && (
          <Notice kind="warning">
            <div class="row">
              <span>{t.preview}</span>
              <button type="button" onClick={panel.reset}>
                {t.reset}
              </button>
            </div>
          </Notice>
        )}
        {channels.length === 0 ? (
          <Empty title={t.noChannel}>
            <p>{t.noChannelDo}</p>
          </Empty>
        ) : (
          <>
            <SignalPlot
              recordingId={recordingId}
              channels={plotted}
              view={view}
              layout={channels.length > 1 ? layout : 'stacked'}
              sharedScale={hasSharedScale}
              preset={panel.changes.preset}
              parameters={request?.parameters}
              selected={selected}
              onSelect={select}
              // Also while one is on its way, else the plot would leave its edit mode after each.
              onEdit={isEditable ? (edit) => void edits.make(edit) : undefined}
            />
            {edits.problem && <ProblemNotice problem={edits.problem} />}
            {recalculation.analysis && (
              <Differences
                before={stored}
                after={recalculation.analysis}
                isRunning={recalculation.isRunning}
              />
            )}
            {isPainted && (
              <BelowPlot
                analysis={shown}
                channels={channels}
                edits={edits}
                selected={selected}
                onSelect={select}
                isPreview={request !== null}
              />
            )}
          </>
        )}
      </div>
      {panel.isOpen && panel.catalogue && (
        <ParametersPanel
          catalogue={panel.catalogue}
          stored={stored}
          changes={panel.changes}
          recalculation={recalculation}
          onChange={(changes) => writeChanges(changes, stored)}
          onClose={() => panel.toggle(false)}
        />
      )}
    </div>
  )
}
