/** Scoring configurations at rest: versions are added, never changed. */
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { type Announce, type Database, type Events, Problem, violatedConstraint } from '../../../src/sdk.ts'
import type { AppliedConfiguration, ScoringRules } from '../score/index.ts'
import { activations, configurations, configurationVersions } from '../tables.ts'
import { BUILT_IN } from './built-in.ts'
import { scoringChanged } from './events.ts'
import { columnsOf, rulesOf } from './rows.ts'
import type { Configuration } from './schema.ts'

/** Names one version of a configuration. */
export interface ConfigurationRef {
  readonly id: string
  readonly version: number
}

/** What a version says. */
export interface VersionContent {
  readonly description: string
  readonly rules: ScoringRules
}

/** Scoring configurations in the database, by versions that are never changed. */
export interface ConfigurationStore {
  /** Writes the built-in configuration down, unless it is there; {@link BUILT_IN} says what it is. */
  ensureBuiltIn(): Promise<void>
  /** Makes version 1 of a new one. @throws {Problem} 409 SCORING_NAME_TAKEN */
  create(name: string, content: VersionContent): Promise<Configuration>
  /**
   * Adds a version. What is active or assigned stays at the version it is at.
   *
   * @throws {Problem} 404 SCORING_CONFIGURATION_NOT_FOUND, 409 SCORING_CONFIGURATION_BUILT_IN or _RETIRED
   */
  addVersion(id: string, content: VersionContent): Promise<Configuration>
  /**
   * A version, or the newest.
   *
   * @throws {Problem} 404 SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND
   */
  require(id: string, version?: number): Promise<Configuration>
  /** The newest version of each, newest configuration first; `after` is the last id of the page before. */
  list(limit: number, after?: string): Promise<Configuration[]>
  /** The version that was activated last, or undefined. */
  active(): Promise<ConfigurationRef | undefined>
  /**
   * Puts a version in force for all that have no configuration of their own.
   *
   * @throws {Problem} as {@link choose}
   */
  activate(id: string, version?: number): Promise<Configuration>
  /**
   * Takes a configuration out of choice. Where it is assigned, it stays in force.
   *
   * @throws {Problem} 404 SCORING_CONFIGURATION_NOT_FOUND, 409 SCORING_CONFIGURATION_BUILT_IN or _ACTIVE
   */
  retire(id: string): Promise<Configuration>
  /**
   * A version that may be chosen now, held against retirement until the transaction ends.
   *
   * @throws {Problem} 404 SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND, 409 SCORING_CONFIGURATION_RETIRED
   */
  choose(tx: Connection, id: string, version?: number): Promise<Configuration>
}

/** The database, or a transaction of it. */
export type Connection = Pick<Database, 'select' | 'insert' | 'update'>

const notFound = () =>
  new Problem(404, 'SCORING_CONFIGURATION_NOT_FOUND', 'There is no scoring configuration with this id.')
const builtIn = () =>
  new Problem(409, 'SCORING_CONFIGURATION_BUILT_IN', 'The built-in configuration is part of the program.')
const retired = () =>
  new Problem(409, 'SCORING_CONFIGURATION_RETIRED', 'This scoring configuration is retired; choose another.')

const latest = sql<number>`(
  select max(version) from ${configurationVersions} each where each.configuration_id = ${configurations.id}
)`

/** What of a configuration travels with a score. */
export const applied = ({ id, version, name, rules }: Configuration): AppliedConfiguration => ({
  id,
  version,
  name,
  rules,
})

async function select(db: Connection, condition: SQL | undefined, limit?: number): Promise<Configuration[]> {
  const query = db
    .select({ configuration: configurations, version: configurationVersions, latest: latest.mapWith(Number) })
    .from(configurations)
    .innerJoin(configurationVersions, eq(configurationVersions.configurationId, configurations.id))
    .where(condition)
    .orderBy(desc(configurations.id))
  const rows = await (limit === undefined ? query : query.limit(limit))
  return rows.map(({ configuration, version, latest: latestVersion }) => ({
    ...configuration,
    version: version.version,
    description: version.description,
    versionCreatedAt: version.createdAt,
    rules: rulesOf(version),
    latestVersion,
  }))
}

const isLatest = eq(configurationVersions.version, latest)

async function requireVersion(db: Connection, id: string, version?: number): Promise<Configuration> {
  const which = version === undefined ? isLatest : eq(configurationVersions.version, version)
  const [found] = await select(db, and(eq(configurations.id, id), which))
  if (found) return found
  const [other] = await select(db, and(eq(configurations.id, id), isLatest))
  if (!other) throw notFound()
  throw new Problem(404, 'SCORING_VERSION_NOT_FOUND', `Its newest version is ${other.latestVersion}.`)
}

/** Locks the configuration, so that it is not retired, activated and given versions at the same time. */
async function lock(tx: Connection, id: string): Promise<typeof configurations.$inferSelect> {
  const [row] = await tx.select().from(configurations).where(eq(configurations.id, id)).for('update')
  if (!row) throw notFound()
  return row
}

async function choose(tx: Connection, id: string, version?: number): Promise<Configuration> {
  const row = await lock(tx, id)
  if (row.retiredAt !== null) throw retired()
  return requireVersion(tx, id, version)
}

const insertVersion = (
  tx: Connection,
  { id, version }: ConfigurationRef,
  { description, rules }: VersionContent,
) =>
  tx.insert(configurationVersions).values({ configurationId: id, version, description, ...columnsOf(rules) })

async function findActive(db: Connection): Promise<ConfigurationRef | undefined> {
  const [row] = await db
    .select({ id: activations.configurationId, version: activations.version })
    .from(activations)
    .orderBy(desc(activations.id))
    .limit(1)
  return row
}

export function createConfigurationStore(
  db: Database,
  announce: Announce,
  events: Events,
): ConfigurationStore {
  return {
    choose,
    ensureBuiltIn: () =>
      db.transaction(async (tx) => {
        const { id, name, rules } = BUILT_IN
        await tx.insert(configurations).values({ id, name }).onConflictDoNothing()
        await insertVersion(tx, BUILT_IN, {
          description: 'Comes with the program',
          rules,
        }).onConflictDoNothing()
      }),
    create: (name, content) =>
      db.transaction(async (tx) => {
        const id = Bun.randomUUIDv7()
        await tx
          .insert(configurations)
          .values({ id, name })
          .catch((error) => {
            if (violatedConstraint(error) !== 'configurations_name_unique') throw error
            throw new Problem(
              409,
              'SCORING_NAME_TAKEN',
              'There is a scoring configuration of this name already.',
            )
          })
        await insertVersion(tx, { id, version: 1 }, content)
        return requireVersion(tx, id)
      }),
    addVersion: (id, content) =>
      db.transaction(async (tx) => {
        if (id === BUILT_IN.id) throw builtIn()
        const { latestVersion } = await choose(tx, id)
        await insertVersion(tx, { id, version: latestVersion + 1 }, content)
        return requireVersion(tx, id)
      }),
    require: (id, version) => requireVersion(db, id, version),
    list: (limit, after) =>
      select(db, and(isLatest, after === undefined ? undefined : lt(configurations.id, after)), limit),
    active: () => findActive(db),
    async activate(id, version) {
      const { chosen, change } = await db.transaction(async (tx) => {
        const chosen = await choose(tx, id, version)
        await tx.insert(activations).values({ configurationId: id, version: chosen.version })
        await events.emit(scoringChanged, { scope: 'all' }, tx)
        return { chosen, change: await announce([['scoring.activated', {}]], tx) }
      })
      await change.settled()
      return chosen
    },
    retire: (id) =>
      db.transaction(async (tx) => {
        if (id === BUILT_IN.id) throw builtIn()
        const { retiredAt } = await lock(tx, id)
        if ((await findActive(tx))?.id === id) {
          const detail = 'This scoring configuration is active; activate another one first.'
          throw new Problem(409, 'SCORING_CONFIGURATION_ACTIVE', detail)
        }
        if (retiredAt === null) {
          await tx.update(configurations).set({ retiredAt: sql`now()` }).where(eq(configurations.id, id))
        }
        return requireVersion(tx, id)
      }),
  }
}
