/** Shapes of the API that several views speak of, derived from its types. */
import type { Answer } from './client.ts'

export type Session = Answer<'GET /api/sessions/{id}'>
export type Recording = Answer<'GET /api/recordings/{id}'>
export type Analysis = Answer<'GET /api/recordings/{id}/analysis'>
/** One channel of an analysis. */
export type AnalysedChannel = Analysis['channels'][number]
export type Contraction = AnalysedChannel['contractions'][number]
export type Parameters = Analysis['parameters']
/** Left and right of one muscle, or two muscles against each other. */
export type Pair = Analysis['pairs'][number]
/** Presets, detectors, metrics and checks that there are. */
export type AnalysisCatalogue = Answer<'GET /api/system/analysis'>
/** An edit of contractions with who made it and when. */
export type StoredEdit = Answer<'GET /api/recordings/{id}/edits'>['items'][number]
export type Note = Answer<'GET /api/patients/{code}/notes'>['items'][number]
