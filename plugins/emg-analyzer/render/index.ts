/** Analyses as text: for the terminal, and as CSV. */
export { csvHeader, csvRows } from './csv.ts'
export { renderAnalysis } from './text.ts'
