/** What is set by hand: undo and redo, a form for those who would rather type, and the history. */
import type { AnalysedChannel } from '../../../api/shapes.ts'
import type { ContractionReference } from '../../../plot/signal/contract.ts'
import { Icon } from '../../../ui/icon.tsx'
import { type Chosen, EditForm } from './edit-form.tsx'
import { EditHistory } from './history.tsx'
import { type Edits, mayEdit } from './use-edits.ts'
import { words } from './words.ts'
import './edits.css'

interface Properties {
  readonly edits: Edits
  readonly channels: readonly AnalysedChannel[]
  readonly selected: ContractionReference | null
  /** Other parameters are being tried, which find other contractions. */
  readonly isBlocked: boolean
}

function chosenOf(
  channels: readonly AnalysedChannel[],
  reference: ContractionReference | null,
): Chosen | null {
  const channel = channels.find(({ index }) => index === reference?.channel)
  const place = channel?.contractions.findIndex(({ startMs }) => startMs === reference?.startMs) ?? -1
  const contraction = channel?.contractions[place]
  return channel && contraction ? { channel, contraction, number: place + 1 } : null
}

export function Editing({ edits, channels, selected, isBlocked }: Properties) {
  const t = words()
  const nameOf = (index: number): string =>
    channels.find((channel) => channel.index === index)?.name ?? `#${index}`
  return (
    <section class="card session-editing" aria-labelledby="session-editing">
      <header>
        <h2 id="session-editing">{t.title}</h2>
        {mayEdit() && !isBlocked && (
          <div class="row not-printed">
            <button
              type="button"
              disabled={!edits.undo || edits.isRunning}
              onClick={() => void edits.undo?.()}
            >
              <Icon name="undo" />
              {t.undo}
            </button>
            <button
              type="button"
              disabled={!edits.redo || edits.isRunning}
              onClick={() => void edits.redo?.()}
            >
              <Icon name="reload" />
              {t.redo}
            </button>
          </div>
        )}
      </header>
      {mayEdit() &&
        (isBlocked ? (
          <p class="soft">{t.blocked}</p>
        ) : (
          <EditForm edits={edits} channels={channels} chosen={chosenOf(channels, selected)} />
        ))}
      <EditHistory edits={edits} nameOf={nameOf} isBlocked={isBlocked} />
    </section>
  )
}
