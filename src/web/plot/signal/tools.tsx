/** Buttons of the plot: what a drag does, zoom, contractions, and what is set by hand. */
import { seconds } from '../../language/format.ts'
import type { Commands } from './commands.ts'
import { EDGE_STEP_MS } from './keys.ts'
import type { Mode, Model } from './model.ts'
import { words } from './words.ts'

interface Properties {
  readonly model: Model
  readonly commands: Commands
}

export function Tools({ model, commands }: Properties) {
  const t = words()
  const modes: ReadonlyArray<readonly [Mode, string]> = [
    ['zoom', t.zoomMode],
    ['pan', t.panMode],
    ...(model.props.value.onEdit ? [['edit', t.editMode] as const] : []),
  ]
  return (
    <fieldset class="signal-tools not-printed">
      <legend class="hidden-text">{t.tools}</legend>
      <span class="signal-modes">
        {modes.map(([mode, label]) => (
          <button
            key={mode}
            type="button"
            aria-pressed={model.mode.value === mode}
            onClick={() => commands.setMode(mode)}
          >
            {label}
          </button>
        ))}
      </span>
      <span class="signal-buttons">
        <button type="button" aria-label={t.zoomOut} onClick={() => commands.zoom(2)}>
          −
        </button>
        <button type="button" aria-label={t.zoomIn} onClick={() => commands.zoom(0.5)}>
          +
        </button>
        <button type="button" onClick={commands.whole}>
          {t.whole}
        </button>
      </span>
      <span class="signal-buttons">
        <button type="button" aria-label={t.previous} onClick={() => commands.step(-1)}>
          ‹
        </button>
        <button type="button" aria-label={t.next} onClick={() => commands.step(1)}>
          ›
        </button>
      </span>
      <button type="button" aria-pressed={model.isFitted.value} onClick={commands.fit}>
        {t.fit}
      </button>
    </fieldset>
  )
}

/** What a drag does in the edit mode, one press at a time. */
export function EditTools({ model, commands }: Properties) {
  const t = words()
  const draft = model.draft.value
  const { channels, selected } = model.props.value
  const label = channels.find(({ index }) => index === draft?.channel)?.label ?? ''
  const move = (edge: 'start' | 'end', by: 1 | -1) => (): void => {
    commands.takeEdge(edge)
    commands.nudge(by * EDGE_STEP_MS)
  }
  const edges = [
    ['start', t.moveStart],
    ['end', t.moveEnd],
  ] as const
  return (
    <fieldset class="signal-tools not-printed">
      <legend class="hidden-text">{t.editTools}</legend>
      <button type="button" onClick={commands.begin}>
        {t.add}
      </button>
      {(draft || selected) &&
        edges.map(([edge, name]) => (
          <span key={edge} class="signal-buttons">
            <span class="soft">{name}</span>
            <button type="button" aria-label={`${name}, ${t.earlier(EDGE_STEP_MS)}`} onClick={move(edge, -1)}>
              ←
            </button>
            <button type="button" aria-label={`${name}, ${t.later(EDGE_STEP_MS)}`} onClick={move(edge, 1)}>
              →
            </button>
          </span>
        ))}
      {draft && (
        <>
          <span class="signal-value">
            {t.draft(
              label,
              seconds(draft.startMs),
              seconds(draft.endMs),
              seconds(draft.endMs - draft.startMs),
            )}
          </span>
          <button type="button" class="primary" onClick={commands.save}>
            {t.save}
          </button>
          <button type="button" onClick={commands.cancel}>
            {t.discard}
          </button>
        </>
      )}
      {!draft && selected && (
        <button type="button" class="danger" onClick={commands.remove}>
          {t.remove}
        </button>
      )}
      {!draft && <span class="soft">{t.editHint}</span>}
    </fieldset>
  )
}
