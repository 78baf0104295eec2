/** What stands below the plot: totals, the table of contractions, what is set by hand, figures. */
import type { AnalysedChannel, Analysis } from '../../../api/shapes.ts'
import type { ContractionReference } from '../../../plot/signal/index.ts'
import { ContractionTable } from '../contractions/table.tsx'
import { Totals } from '../contractions/totals.tsx'
import { words } from '../contractions/words.ts'
import { Editing } from '../edits/editing.tsx'
import type { Edits } from '../edits/use-edits.ts'
import { Figures } from '../figures/figures.tsx'

interface Properties {
  readonly analysis: Analysis
  /** Those shown. */
  readonly channels: readonly AnalysedChannel[]
  readonly edits: Edits
  readonly selected: ContractionReference | null
  readonly onSelect: (contraction: ContractionReference | null) => void
  /** Whether other parameters are being tried. */
  readonly isPreview: boolean
}

export const BelowPlot = ({ analysis, channels, edits, selected, onSelect, isPreview }: Properties) => (
  <>
    <section class="stack" aria-labelledby="session-contractions">
      <h2 id="session-contractions">{words().title}</h2>
      <Totals channels={channels} />
      <ContractionTable
        channels={channels}
        mvcMethod={analysis.parameters.mvcMethod}
        selected={selected}
        onSelect={onSelect}
      />
    </section>
    <Editing edits={edits} channels={channels} selected={selected} isBlocked={isPreview} />
    <Figures analysis={analysis} channels={channels} />
  </>
)
