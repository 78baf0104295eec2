/** The muscles that the newest sessions of a patient record. */
import { useRead } from '../api/use-read.ts'
import { may } from '../app/viewer.ts'
import { type Muscle, recordedIn } from './recorded.ts'

/** Empty where that is not known (yet). */
export function useRecorded(code: string): readonly Muscle[] {
  const trend = useRead('GET /api/patients/{code}/trends', may('analytics:read') ? { path: { code } } : null)
  return recordedIn(trend.data?.sessions ?? [])
}
