/** Sessions whose recording is to be analysed yet. */
import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import { therapySessions } from '../tables.ts'
import type { TherapySession } from './schema.ts'

/** Those that have a recording, and neither a result nor a failure. @param tx the transaction they are seen by */
export const sessionsAwaitingAnalysis = (
  tx: Database,
): Promise<Array<Pick<TherapySession, 'id' | 'status'>>> =>
  tx
    .select({ id: therapySessions.id, status: therapySessions.status })
    .from(therapySessions)
    .where(
      and(inArray(therapySessions.status, ['pending', 'processing']), isNotNull(therapySessions.recordingId)),
    )
    .orderBy(therapySessions.id)
