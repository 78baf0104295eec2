/** What the server finds for what was asked, each kind where the viewer may look for it. */
import type { Answer } from '../../api/client.ts'
import { type Read, useRead } from '../../api/use-read.ts'
import { may, viewer } from '../../app/viewer.ts'
import type { Asked } from './asked.ts'

type List<O extends 'GET /api/patients' | 'GET /api/sessions' | 'GET /api/recordings'> = Read<Answer<O>>

/** Of each kind at most so many are shown: who sees more types more. */
const MOST = '20'

export interface Found {
  readonly patients: List<'GET /api/patients'>
  readonly byRecordNumber: List<'GET /api/patients'>
  readonly sessions: List<'GET /api/sessions'>
  readonly recordings: List<'GET /api/recordings'>
}

export function useFound(asked: Asked | null): Found {
  const isPseudonymous = viewer.value?.pseudonymous ?? true
  const seesPatients = may('patients:read')
  const isText = asked !== null && asked.id === null
  const patients = useRead(
    'GET /api/patients',
    isText && seesPatients
      ? { query: { search: asked.code ?? asked.text, sort: 'code', limit: MOST } }
      : null,
  )
  // Whose sessions are asked for is there: of others the server would answer that there is no such patient.
  const patient = patients.data?.items.find(({ code }) => code === asked?.code)
  const sessionQuery = asked?.day
    ? { ...asked.day, sort: 'startedAt' as const }
    : asked?.id
      ? { recordingId: asked.id }
      : patient && { patientCode: patient.code }
  return {
    patients,
    byRecordNumber: useRead(
      'GET /api/patients',
      isText && seesPatients && may('patients:identify') && !isPseudonymous && asked.text.length <= 64
        ? { query: { recordNumber: asked.text, sort: 'code', limit: MOST } }
        : null,
    ),
    sessions: useRead(
      'GET /api/sessions',
      may('sessions:read') && sessionQuery ? { query: { ...sessionQuery, limit: MOST } } : null,
    ),
    recordings: useRead(
      'GET /api/recordings',
      isText && may('recordings:read') && !isPseudonymous
        ? { query: { fileName: asked.text, limit: MOST } }
        : null,
    ),
  }
}
