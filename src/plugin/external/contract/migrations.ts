/** Its migrations and its tables, against a real PostgreSQL. */
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Sql } from 'postgres'
import { applyMigrations, planMigrations } from '../../../database/migrations.ts'
import { messageOf } from '../../../exit.ts'
import type { Plugin } from '../../define.ts'
import { migrationSets } from '../../migration-sets.ts'
import type { ContractCase } from './case.ts'

/** The PostgreSQL schema that a plugin's tables stand in. */
const schemaOf = ({ name }: Plugin): string => name.replaceAll('-', '_')

/** Everything that a migration could make, by its schema. */
async function objects(sql: Sql): Promise<Array<{ schema: string; what: string }>> {
  return sql<Array<{ schema: string; what: string }>>`
    select n.nspname as schema, 'relation ' || c.relname as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    union all
    select n.nspname, 'function ' || p.proname
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select n.nspname, 'type ' || t.typname
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typtype in ('e', 'd') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    union all
    select n.nspname, 'trigger ' || g.tgname || ' on ' || c.relname
      from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not g.tgisinternal
    union all
    select '', 'schema ' || nspname from pg_namespace where nspname not like 'pg\\_%'`
}

/** Columns of a table as the database has them, in one line each. */
const columnsInDatabase = async (sql: Sql, schema: string, table: string): Promise<string[]> =>
  (
    await sql<Array<{ line: string }>>`
      select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end as line
      from pg_attribute a
      where a.attrelid = to_regclass(${`"${schema}"."${table}"`}) and a.attnum > 0 and not a.attisdropped`
  ).map(({ line }) => line)

/** Names that PostgreSQL has for what Drizzle calls otherwise. */
const TYPES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^varchar\b/, 'character varying'],
  [/^char\b/, 'character'],
  [/^timestamp( ?\(\d\))?$/, 'timestamp$1 without time zone'],
  [/^time( ?\(\d\))?$/, 'time$1 without time zone'],
  [/^serial$/, 'integer'],
  [/^bigserial$/, 'bigint'],
  [/^smallserial$/, 'smallint'],
  [/^(int|int4)$/, 'integer'],
  [/^decimal\b/, 'numeric'],
]
const typeName = (type: string): string =>
  TYPES.reduce((name, [from, to]) => name.replace(from, to), type)
    .replaceAll(' (', '(')
    .replaceAll(', ', ',')

const columnsDeclared = (table: PgTable): string[] =>
  getTableConfig(table).columns.map(
    (column) => `${column.name} ${typeName(column.getSQLType())}${column.notNull ? ' not null' : ''}`,
  )

async function tableFaults(sql: Sql, plugin: Plugin): Promise<string[]> {
  const faults: string[] = []
  const declared = new Set<string>()
  for (const table of Object.values(plugin.tables ?? {})) {
    const { name, schema = 'public' } = getTableConfig(table)
    declared.add(name)
    if (schema !== schemaOf(plugin)) {
      faults.push(`its table ${name} stands in the schema ${schema}, not in ${schemaOf(plugin)}`)
      continue
    }
    const there = (await columnsInDatabase(sql, schema, name)).map((line) => line.replaceAll(', ', ','))
    if (there.length === 0) {
      faults.push(`its table ${name} is declared, and no migration makes it`)
      continue
    }
    const wanted = columnsDeclared(table)
    for (const line of wanted)
      if (!there.includes(line)) faults.push(`${name}: no migration makes the column ${line}`)
    for (const line of there)
      if (!wanted.includes(line)) faults.push(`${name}: the column ${line} is not declared`)
  }
  const made = await sql<Array<{ name: string }>>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schemaOf(plugin)} and c.relkind in ('r', 'p') and not c.relispartition`
  for (const { name } of made)
    if (!declared.has(name)) faults.push(`its table ${name} is made, and not declared`)
  return faults
}

export const ownMigrations: ContractCase = {
  title: 'its migrations are applied once, in a schema of its own, and make the tables that it declares',
  database: true,
  examine: (subject) =>
    subject.withDatabase(async ({ sql }) => {
      const { plugin, others } = subject
      const own = schemaOf(plugin)
      const before = new Set((await objects(sql)).map(({ schema, what }) => `${schema} ${what}`))
      // Those that need it are left out: theirs are no business of this.
      const sets = [...migrationSets(others), { plugin: plugin.name, migrations: plugin.migrations ?? [] }]
      try {
        await applyMigrations(sql, sets)
      } catch (error) {
        return [messageOf(error)]
      }
      const made = (await objects(sql)).filter(({ schema, what }) => !before.has(`${schema} ${what}`))
      const outside = made.filter(({ schema, what }) => schema !== own && what !== `schema ${own}`)
      const faults = outside.map(
        ({ schema, what }) =>
          `its migrations make the ${[what, schema && `in ${schema}`].filter(Boolean).join(' ')}, outside its schema ${own}`,
      )
      const again = await applyMigrations(sql, sets)
      if (again.pending.length > 0) faults.push('its migrations are applied a second time')
      if ((await planMigrations(sql, sets)).pending.length > 0) faults.push('its migrations are never done')
      return [...faults, ...(await tableFaults(sql, plugin))]
    }),
}
