/** Examines a whole installation, whether or not a server runs on it, and changes nothing. */
import { existsSync } from 'node:fs'
import { createCacheSystem } from '../cache/system.ts'
import { systemClock } from '../clock.ts'
import { HOST } from '../database/host-migrations.ts'
import { EXIT, type ExitCode, isFailure, messageOf } from '../exit.ts'
import { absentJobs } from '../jobs/absent.ts'
import { createJobReading } from '../jobs/reading.ts'
import type { ExaminationGround, Finding } from '../plugin/examination.ts'
import { createPluginHost, type PluginHost } from '../plugin/host.ts'
import { inTime } from '../plugin/in-time.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import { CACHE_MEMORY_BYTES, type Program } from '../program.ts'
import { openBlobStore } from '../storage/blobs.ts'
import { type DataFolder, dataFolderPath, roomsOf } from '../storage/data-folder.ts'
import { lockState } from '../storage/lock.ts'
import { openShelf } from '../storage/shelf.ts'
import { keyPlace, keySource } from '../vault/open.ts'
import { createVault } from '../vault/vault.ts'
import { examineAudit } from './audit.ts'
import { type Diagnosis, fault, unexamined, warning } from './finding.ts'
import { examineFolder, examineLeftovers, examineLock, examineSpace } from './folder.ts'
import { openReadOnly, type ReadOnlyDatabase } from './ground.ts'
import { examinePlugins } from './plugins.ts'
import { examineClock, examineDatabase, examineMigrations, examineRedis } from './services.ts'
import { examineVault } from './vault.ts'

/** A plugin from outside that takes longer waits for something. */
const LONGEST_MS = 60_000

export interface DoctorOptions {
  readonly program: Program
  /** Whether every byte of every blob is read. */
  readonly deep: boolean
  /** Told how far a long examination is. */
  progress(note: string): void
}

type Look = () => Promise<readonly Finding[]> | readonly Finding[]

/** Runs one examination; whatever it throws is a fault of it. */
async function* examination(
  of: string,
  name: string,
  exitCode: ExitCode,
  look: Look,
): AsyncGenerator<Diagnosis> {
  try {
    for (const found of await look()) yield { ...found, of, examination: name, exitCode }
  } catch (error) {
    yield {
      ...unexamined(error),
      of,
      examination: name,
      exitCode: isFailure(error) ? error.exitCode : exitCode,
    }
  }
}

const hostExamination = (name: string, exitCode: ExitCode, look: Look) =>
  examination(HOST, name, exitCode, look)

/** Sets the plugins up on connections that only read. None is started, so that nothing of them works. */
const setUp = async (
  { plugins, external, configuration, log, workers }: Program,
  folder: DataFolder,
  { db }: ReadOnlyDatabase,
): Promise<PluginHost> => {
  // What is wrong with its keys is found by an examination of its own.
  const keys = await keySource(keyPlace(configuration.host, folder)).catch(() => ({ ring: () => [] }))
  return createPluginHost(
    plugins,
    {
      db,
      blobs: openBlobStore(folder.recordings, folder.tmp),
      vault: createVault(keys),
      cache: createCacheSystem({ memoryBytes: CACHE_MEMORY_BYTES, secret: crypto.randomUUID(), log }),
      clock: systemClock,
      log,
      workers,
      jobs: absentJobs('this command only looks at jobs'),
      configOf: (plugin) => configuration.plugins[plugin.name],
    },
    external,
  )
}

async function* examineHeld(
  { program, deep, progress }: DoctorOptions,
  folder: DataFolder,
  database: ReadOnlyDatabase,
): AsyncGenerator<Diagnosis> {
  const { sql, kind, db } = database
  const { host } = program.configuration
  yield* hostExamination('database', EXIT.serviceMissing, () => examineDatabase(sql, kind))
  yield* hostExamination('clock', EXIT.badConfiguration, () => examineClock(sql))
  let pending: ReadonlySet<string> | undefined
  yield* hostExamination('migrations', EXIT.badConfiguration, async () => {
    const examined = await examineMigrations(sql, migrationSets(program.plugins))
    pending = examined.pending
    return examined.findings
  })
  yield* hostExamination('vault', EXIT.badConfiguration, () => {
    const columns = program.plugins.flatMap(({ name, sealed = [] }) => (pending?.has(name) ? [] : sealed))
    if (pending === undefined) return []
    return pending.has(HOST)
      ? [warning('This was not examined, since migrations are pending.', 'myoserve migrate --apply')]
      : examineVault(host, folder, db, columns)
  })
  yield* hostExamination('audit', EXIT.badData, async () => {
    if (pending?.has(HOST))
      return [warning('This was not examined, since migrations are pending.', 'myoserve migrate --apply')]
    const { held } = await lockState(folder)
    return examineAudit(db, folder, held, progress)
  })
  yield* hostExamination('redis', EXIT.serviceMissing, () => examineRedis(host, program.log))
  let plugins: PluginHost | undefined
  yield* hostExamination('plugins', EXIT.badConfiguration, async () => {
    plugins = await setUp(program, folder, database)
    const { pins } = program.external
    return examinePlugins(plugins.states(), new Set(Object.keys(pins)))
  })
  // Of tables that are not those of this program nothing can be said.
  if (!plugins || !pending) return
  const external = new Set(program.external.plugins.map(({ name }) => name))
  const ground: ExaminationGround = {
    db,
    blobs: openShelf(folder.recordings),
    jobs: createJobReading(db),
    deep,
    now: systemClock.now,
    progress,
  }
  for (const { plugin, examination: each } of plugins.examinations()) {
    const { name, exitCode = EXIT.badData } = each
    yield* examination(plugin, name, exitCode, () => {
      if (pending?.has(plugin) || pending?.has(HOST))
        return [warning('This was not examined, since migrations are pending.', 'myoserve migrate --apply')]
      const late = () => new Error(`it did not end within ${LONGEST_MS / 1000} s`)
      return external.has(plugin)
        ? inTime(LONGEST_MS, () => each.examine(ground), late)
        : each.examine(ground)
    })
  }
}

/** Finds what is well and what is not, one after the other. */
export async function* examineInstallation(options: DoctorOptions): AsyncGenerator<Diagnosis> {
  const { program } = options
  const { host } = program.configuration
  const root = dataFolderPath(host.data)
  if (!existsSync(root)) {
    yield* hostExamination('data-folder', EXIT.cannotWrite, () => [
      fault(`There is no data folder ${root}.`, `myoserve serve --data '${root}'`),
    ])
    return
  }
  const folder = roomsOf(root)
  yield* hostExamination('data-folder', EXIT.cannotWrite, () => examineFolder(folder))
  yield* hostExamination('disk-space', EXIT.cannotWrite, () => examineSpace(folder))
  yield* hostExamination('lock', EXIT.cannotWrite, () => examineLock(folder))
  yield* hostExamination('leftovers', EXIT.cannotWrite, () => examineLeftovers(folder, systemClock.now()))
  await using opened = new AsyncDisposableStack()
  let database: ReadOnlyDatabase | undefined
  yield* hostExamination('database', EXIT.serviceMissing, async () => {
    try {
      database = await openReadOnly(host, folder, program.log, opened)
    } catch (error) {
      return [fault(`${messageOf(error).replace(/\.?$/, '.')}`, 'myoserve config')]
    }
    return database ? [] : [warning('There is no database yet.', 'myoserve serve')]
  })
  if (database) yield* examineHeld(options, folder, database)
}
