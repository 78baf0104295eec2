/** What one can do to a signal plot, by whatever means: buttons, keys and gestures end here. */
import { contractionAt, editOf, moveEdge, neighbour, referred, removalOf } from './bands.ts'
import type { PlotChannel, PlotContraction } from './contract.ts'
import type { Mode, Model } from './model.ts'
import { bringIn, closeUp, panBy, spanOf, wholeOf, zoomAbout } from './range.ts'

export type Commands = ReturnType<typeof createCommands>

/** A new contraction that is set by keys or buttons, in ms. */
const NEW_MS = 1000

const stretchOf = ({ startMs, endMs }: PlotContraction) => ({ fromMs: startMs, toMs: endMs })

export function createCommands(model: Model) {
  const { props, shown, cursor, draft, active } = model

  const duration = (): number => model.durationMs.peek()
  const selection = () => referred(props.peek().channels, props.peek().selected)
  const activeChannel = (): PlotChannel | undefined => {
    const { channels } = props.peek()
    return channels.find(({ index }) => index === active.peek()) ?? channels[0]
  }
  const middle = (): number => (shown.peek().fromMs + shown.peek().toMs) / 2

  function select(channel: PlotChannel, contraction: PlotContraction | undefined): void {
    active.value = channel.index
    props.peek().onSelect?.(contraction ? { channel: channel.index, startMs: contraction.startMs } : null)
  }

  return {
    /** Zooms about the cursor where it is in sight, else about the middle. */
    zoom(factor: number, atMs?: number): void {
      const range = shown.peek()
      const at = cursor.peek()
      const isSeen = at !== null && range.fromMs <= at && at <= range.toMs
      model.show(zoomAbout(range, atMs ?? (isSeen ? at : middle()), factor, duration()))
    },
    /** @param share of what is shown */
    pan(share: number): void {
      model.show(panBy(shown.peek(), share * spanOf(shown.peek()), duration()))
    },
    toStart: (): void => model.show(panBy(shown.peek(), -duration(), duration())),
    toEnd: (): void => model.show(panBy(shown.peek(), duration(), duration())),
    whole: (): void => model.show(wholeOf(duration())),
    setMode(mode: Mode): void {
      draft.value = null
      model.mode.value = mode
    },
    fit(): void {
      model.isFitted.value = !model.isFitted.peek()
    },
    select,
    /** Selects the one before or behind, and brings it into view. */
    step(by: 1 | -1): void {
      const chosen = selection()
      const channel = chosen?.channel.index === active.peek() ? chosen?.channel : activeChannel()
      if (!channel) return
      const own = chosen?.channel === channel ? chosen.contraction : undefined
      const found = neighbour(channel, own, cursor.peek() ?? shown.peek().fromMs, by)
      if (!found) return
      select(channel, found)
      model.show(bringIn(shown.peek(), stretchOf(found), duration()))
    },
    /** Selects what is at the cursor; what is selected already is shown by itself. */
    enter(): void {
      const chosen = selection()
      const channel = activeChannel()
      const at = cursor.peek()
      const found = channel && at !== null ? contractionAt(channel, at) : undefined
      if (channel && found && found !== chosen?.contraction) select(channel, found)
      else if (chosen) model.show(closeUp(stretchOf(chosen.contraction), duration()))
    },
    /** Makes the channel above or below the one that keys are about. */
    nextChannel(by: 1 | -1): void {
      const { channels } = props.peek()
      const place = channels.findIndex(({ index }) => index === activeChannel()?.index) + by
      const next = channels[Math.min(channels.length - 1, Math.max(0, place))]
      if (next) active.value = next.index
    },
    /** @param share of what is shown */
    moveCursor(share: number): void {
      const range = shown.peek()
      const from = cursor.peek() ?? middle()
      const to = Math.min(duration(), Math.max(0, from + share * spanOf(range)))
      cursor.value = to
      model.show(bringIn(range, { fromMs: to, toMs: to }, duration()))
    },
    cancel(): void {
      if (draft.peek()) draft.value = null
      else if (cursor.peek() !== null) cursor.value = null
      else props.peek().onSelect?.(null)
    },
    /** Begins to set a contraction at the cursor. */
    begin(): void {
      const channel = activeChannel()
      if (!channel || !props.peek().onEdit) return
      const at = cursor.peek() ?? middle()
      const startMs = Math.max(0, Math.min(at - NEW_MS / 2, duration() - NEW_MS))
      draft.value = {
        channel: channel.index,
        startMs,
        endMs: Math.min(duration(), startMs + NEW_MS),
        was: null,
        edge: 'end',
      }
    },
    /** Takes hold of an edge of what is being set, or else of what is selected. */
    takeEdge(edge: 'start' | 'end'): void {
      const now = draft.peek()
      const chosen = selection()
      if (now) draft.value = { ...now, edge }
      else if (chosen && props.peek().onEdit) {
        const { startMs, endMs } = chosen.contraction
        draft.value = {
          channel: chosen.channel.index,
          startMs,
          endMs,
          was: chosen.contraction,
          edge,
        }
      }
    },
    /** Moves the edge that was taken hold of. */
    nudge(byMs: number): void {
      const now = draft.peek()
      if (!now) return
      const to = (now.edge === 'start' ? now.startMs : now.endMs) + byMs
      draft.value = moveEdge(now, to, duration())
      model.show(bringIn(shown.peek(), { fromMs: to, toMs: to }, duration()))
    },
    /** Saves what was set. */
    save(): void {
      const now = draft.peek()
      draft.value = null
      const edit = now && editOf(now)
      if (edit) props.peek().onEdit?.(edit)
    },
    remove(): void {
      const chosen = selection()
      draft.value = null
      if (chosen) props.peek().onEdit?.(removalOf(chosen.channel.index, chosen.contraction))
    },
  }
}
