/** What a chart is told: figures over time or by category, what they are called, and why some of them are missing. */

/** Where the points stand: all series share these places. */
export type ChartX =
  | {
      readonly kind: 'time'
      /** Of the axis and the first column of the table, such as “Session”. */
      readonly label: string
      /** Instants in ms since 1970, ascending. */
      readonly at: readonly number[]
      /** An instant in the read-out and the table; day and time unless stated. */
      readonly format?: (ms: number) => string
    }
  | {
      readonly kind: 'category'
      readonly label: string
      readonly names: readonly string[]
    }

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'triangle-down' | 'none'
export type Dash = 'solid' | 'dashed' | 'dotted' | 'dash-dot'
/** Name of a custom property that holds a colour, so that it follows the theme. */
export type Colour = `--${string}`

export interface ChartSeries {
  /** Stable and unique in the chart: it keeps what was hidden hidden when figures change. */
  readonly id: string
  readonly label: string
  /** One for each place of x, in the unit of the chart; null where there is none: a gap, never joined over. */
  readonly values: readonly (number | null)[]
  /** For each place: why there is no figure, or what has to be known of the one there is. */
  readonly notes?: readonly (string | null)[]
  /** Each is chosen by the place among the series unless stated, so that no two look alike. */
  readonly colour?: Colour
  readonly marker?: Marker
  readonly dash?: Dash
  /** `steps`: a figure holds until the next. Time is joined by lines, categories are not, unless stated. */
  readonly join?: 'lines' | 'steps' | 'none'
}

/** A line across: a target, a limit. */
export interface ChartReference {
  readonly label: string
  readonly value: number
  readonly colour?: Colour
}

export interface ChartProperties {
  /** What is shown, without the unit: the name of the plot and the caption of its table. */
  readonly title: string
  readonly x: ChartX
  readonly series: readonly ChartSeries[]
  /** Stands at the axis and behind every figure; '' for numbers without one. */
  readonly unit: string
  /** A figure with its unit; three significant digits unless stated. */
  readonly format?: (value: number) => string
  /** Figures that the y axis reaches to in any case; 0 unless stated. Figures of references always. */
  readonly include?: readonly number[]
  readonly references?: readonly ChartReference[]
  /**
   * For each place of x: in what its figures were made otherwise than the newest, so that they do not compare; null where
   * they do. Such points are hollow, said in words, and lines break where this changes.
   */
  readonly apart?: readonly (string | null)[]
  /** Of the plot itself, in CSS pixels; 240 unless stated. */
  readonly height?: number
  /** What a click on a place, or Enter, does, such as going to the session; `pickLabel` says it in words. */
  readonly onPick?: (index: number) => void
  readonly pickLabel?: string
}
