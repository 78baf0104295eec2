/** How a series looks: no two alike by colour alone, on the screen and on paper. */
import type { ChartSeries, Colour, Dash, Marker } from './contract.ts'

export interface Look {
  readonly colour: Colour
  readonly marker: Marker
  readonly dash: Dash
}

/** Those of the plots that reach 3:1 on the surface, in both themes. */
const COLOURS: readonly Colour[] = ['--left', '--right', '--plot-good', '--plot-neither', '--unknown']
const SHAPES: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'triangle-down']
const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted', 'dash-dot']

/** Lengths of dashes and gaps, in CSS pixels. */
export const DASH_LENGTHS: Readonly<Record<Dash, number[]>> = {
  solid: [],
  dashed: [7, 4],
  dotted: [2, 4],
  'dash-dot': [9, 4, 2, 4],
}

/** Outlines as SVG paths around 0, 0, 8 wide: the legend and the canvas draw the same. */
export const MARKER_PATHS: Readonly<Record<Marker, string>> = {
  circle: 'M4 0A4 4 0 1 1-4 0A4 4 0 1 1 4 0Z',
  square: 'M-3.5-3.5H3.5V3.5H-3.5Z',
  triangle: 'M0-4.5L4.3 3.2H-4.3Z',
  diamond: 'M0-4.8L4.8 0L0 4.8L-4.8 0Z',
  'triangle-down': 'M0 4.5L4.3-3.2H-4.3Z',
  none: '',
}

/** @param i place among the series */
export const lookOf = ({ colour, marker, dash }: ChartSeries, i: number): Look => ({
  colour: colour ?? (COLOURS[i % COLOURS.length] as Colour),
  marker: marker ?? (SHAPES[i % SHAPES.length] as Marker),
  dash: dash ?? (DASHES[i % DASHES.length] as Dash),
})
