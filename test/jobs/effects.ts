/** A plugin whose job has an effect that can be counted: a row, in the transaction that completes the job. */
import { sql } from 'drizzle-orm'
import type { Sql } from 'postgres'
import * as v from 'valibot'
import type { DatabaseConnection } from '../../src/database/connection.ts'
import { type JobRun, job } from '../../src/jobs/job.ts'

const effect = job({
  name: 'effect',
  schema: v.object({ n: v.number() }),
  concurrency: 4,
  backoff: { firstS: 1, mostS: 1 },
  async run({ input, service, complete }: JobRun<{ n: number }, Pick<DatabaseConnection, 'db'>>) {
    await service.db.execute(sql`insert into tries values (${input.n}::int)`)
    await Bun.sleep(5 + Math.random() * 20)
    await service.db.transaction(async (tx) => {
      await tx.execute(sql`insert into effects values (${input.n}::int)`)
      await complete(tx)
    })
  },
})

export const effectPlugin = { name: 'effects', jobs: [effect] as const }

export const makeEffects = (connection: Sql) =>
  connection.unsafe('create table effects (n int); create table tries (n int)')
