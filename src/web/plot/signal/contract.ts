/** What a view hands to the signal plot, and what it is told. An analysis of the API fits as it is. */

/** What is drawn of a channel; see docs/signals.md. */
export type SignalView = 'raw' | 'filtered' | 'envelope' | 'activated'

/** One contraction of a channel; `analysis.channels[i].contractions[j]` is one. */
export interface PlotContraction {
  readonly startMs: number
  readonly endMs: number
  /** Set or moved by hand, or found. */
  readonly source: 'detected' | 'edited'
  /** Null: not known. */
  readonly meetsMvc: boolean | null
  /** Null: no target. */
  readonly meetsDuration: boolean | null
  /** What is held against the MVC, in the channel's unit: drawn as a bar across the contraction. */
  readonly mvcAmplitude?: number | null
}

/** A channel to draw; `analysis.channels[i]` is one. What it lacks is not drawn. */
export interface PlotChannel {
  /** Place in the file, from 0. */
  readonly index: number
  readonly label: string
  readonly side: 'left' | 'right' | 'none' | null
  /** Of thresholds and amplitudes: voltages are shown in µV or mV, any other unit as it is. */
  readonly unit: string
  readonly durationS: number
  /** In the order of time. */
  readonly contractions: readonly PlotContraction[]
  /** Levels of the envelope that decided on contractions, by name. */
  readonly thresholds?: Readonly<Record<string, number>> | null
  readonly mvc?: {
    /** In V. */
    readonly value: number | null
    /** The share of it that a contraction is to reach, in V. */
    readonly threshold: number | null
    readonly targetPercent: number
  } | null
  readonly quality?: {
    readonly clippedPercent: number
    readonly checks: Readonly<Record<string, { readonly details?: unknown }>>
  }
}

/** A stretch of the recording in ms from its first sample. */
export interface PlotRange {
  readonly fromMs: number
  readonly toMs: number
}

/** A contraction by the channel that it is of and its start: what the plot and a table share. */
export interface ContractionReference {
  /** Index of the channel. */
  readonly channel: number
  readonly startMs: number
}

/** What somebody did by hand: an edit as `PUT …/contractions` takes it (`ContractionEdit` of the analyzer). */
export type PlotEdit =
  | { readonly kind: 'add'; readonly channel: number; readonly startMs: number; readonly endMs: number }
  | {
      readonly kind: 'move'
      readonly channel: number
      /** The middle of the contraction as it was. */
      readonly atMs: number
      readonly startMs: number
      readonly endMs: number
    }
  | { readonly kind: 'remove'; readonly channel: number; readonly atMs: number }

/**
 * Properties of `<SignalPlot>`. It brings the plot with its tools (zoom, pan, edit, whole recording), overview strip,
 * legend, cursor read-out and help, loads what it draws by itself, and says so where that fails. Which view, channels
 * and layout are shown is chosen outside of it.
 *
 * @example
 * <SignalPlot
 *   recordingId={session.recordingId}
 *   channels={analysis.channels.filter(({ index }) => shown.has(index))}
 *   view="envelope"
 *   preset={analysis.preset}
 *   selected={selected}
 *   onSelect={setSelected}
 *   onEdit={may('sessions:write') ? edit : undefined}
 * />
 */
export interface SignalPlotProperties {
  readonly recordingId: string
  /** Those to draw, from top to bottom. */
  readonly channels: readonly PlotChannel[]
  readonly view: SignalView
  /** `stacked` (unless stated): a pane a channel. `overlaid`: all in one pane, as for left beside right. */
  readonly layout?: 'stacked' | 'overlaid'
  /** Whether all panes have one amplitude scale, so that heights may be compared; not unless stated. */
  readonly sharedScale?: boolean
  /** Those of the analysis shown, so that the filtered picture is the one that was analysed. */
  readonly preset?: string
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The contraction that stands out; brought into view when it changes. */
  readonly selected?: ContractionReference | null
  /** Chosen or, with null, left alone, by pointer or keyboard. */
  readonly onSelect?: (contraction: ContractionReference | null) => void
  /** What is shown first, or whenever it changes to another range; null or absent: all. */
  readonly range?: PlotRange | null
  /** What is shown, once a gesture has come to rest; null: all. To be kept in the address. */
  readonly onRange?: (range: PlotRange | null) => void
  /** Makes contractions editable; each finished gesture is one edit. The plot shows it once `channels` has it. */
  readonly onEdit?: (edit: PlotEdit) => void
  /** Height of a pane in CSS pixels; chosen by the number of panes unless stated. */
  readonly paneHeight?: number
}
