import { expect, test } from 'bun:test'
import { queueMigration } from './queue-migration.ts'

/**
 * Databases hold the hash of this text. Where another release of pg-boss changes it, keep the old text beside this
 * file under the id that it has, and add a migration of `getMigrationPlans` from there: what was applied never changes.
 */
test('the migration of pg-boss is the text that databases were made with', () => {
  const hash = new Bun.CryptoHasher('sha256').update(queueMigration.sql).digest('hex')
  expect([queueMigration.id, hash]).toEqual([
    '0002_pg_boss_43',
    'e0431cc55dfd07cf207d42a8e2adbf1d7d42dc5e465d4234ac7b781733dabef7',
  ])
})

test('the migration of pg-boss leaves its transaction to the one who runs it', () => {
  expect(queueMigration.sql).toContain("INSERT INTO pgboss.version(version) VALUES ('43')")
  expect(queueMigration.sql).not.toMatch(/^\s*(?:BEGIN|COMMIT);/m)
})
