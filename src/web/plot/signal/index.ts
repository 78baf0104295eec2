/** The signal plot, for the views that show one. */

export type {
  ContractionReference,
  PlotChannel,
  PlotContraction,
  PlotEdit,
  PlotRange,
  SignalPlotProperties,
  SignalView,
} from './contract.ts'
export { SignalPlot } from './signal-plot.tsx'
