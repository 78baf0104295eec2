/** Removes deliveries that have ended, and have been kept long enough. */
import { lt } from 'drizzle-orm'
import type { RetentionRule } from '../../../src/sdk.ts'
import { deliveries } from '../tables.ts'

export const deliveryRule = (afterMs: number | undefined): RetentionRule => ({
  name: 'deliveries',
  afterMs,
  due: (before, db) => db.$count(deliveries, lt(deliveries.finishedAt, before)),
  remove: async (before, db) =>
    (await db.delete(deliveries).where(lt(deliveries.finishedAt, before)).returning({ id: deliveries.id }))
      .length,
})
