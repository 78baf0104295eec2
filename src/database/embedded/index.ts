/** The embedded PostgreSQL: started or found running, watched, restarted, stopped. */
import { readlinkSync } from 'node:fs'
import postgres from 'postgres'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import type { Logger } from '../../observe/log.ts'
import type { DataFolder } from '../../storage/data-folder.ts'
import { clusterOf, clusterPassword, DATABASE, ensureCluster, USER } from './cluster.ts'
import { findResidence, type Machine, ownHome } from './identity.ts'
import { findPostmaster, isAlive, type Postmaster, stopPostmaster } from './postmaster.ts'
import { installRuntime } from './runtime.ts'
import { chooseListen, spawnPostgres } from './spawn.ts'

/** How to connect to it. */
export interface EmbeddedAddress {
  /** Folder of the socket, or a loopback address. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedAddress
  /** Whether it was running already, left over from a process that was killed. */
  readonly attached: boolean
  /** Number of the postmaster's process now. */
  pid(): number
  /** Shuts it down and waits for that. */
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const WATCH_INTERVAL_MS = 250

const addressOf = ({ port, socketFolder }: Postmaster, password: string): EmbeddedAddress => ({
  host: socketFolder || '127.0.0.1',
  port,
  user: USER,
  password,
  database: DATABASE,
})

/** Resolves when the server takes connections and has the product's database. */
async function awaitConnections(cluster: string, password: string): Promise<Postmaster> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const postmaster = findPostmaster(cluster)
    // Its port stands in the file before it listens, so the question is whether it answers.
    const answer = postmaster?.port ? await tryConnect(addressOf(postmaster, password)) : 'postgres has ended'
    if (postmaster && answer === true) return postmaster
    if (!postmaster || Date.now() > deadline) {
      throw new Failure(EXIT.serviceMissing, `the embedded PostgreSQL does not start: ${answer}`)
    }
    await Bun.sleep(15)
  }
}

async function tryConnect(address: EmbeddedAddress): Promise<true | string> {
  const sql = postgres({
    ...address,
    path: undefined,
    database: 'postgres',
    max: 1,
    connect_timeout: 5,
    // Its promise is dropped, so a server that goes away meanwhile would end our process: porsager/postgres#1192.
    fetch_types: false,
    onnotice() {},
  })
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!found) await sql.unsafe(`create database ${DATABASE}`)
    return true
  } catch (error) {
    return messageOf(error)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Finds it running, or starts it; tries again while what a killed one left behind goes away. */
async function bringUp(
  cluster: string,
  password: string,
  start: () => Promise<void>,
  log: Logger,
): Promise<{ postmaster: Postmaster; attached: boolean }> {
  const deadline = Date.now() + START_TIMEOUT_MS
  let said = ''
  for (;;) {
    const attached = findPostmaster(cluster) !== undefined
    try {
      if (!attached) await start()
      return { postmaster: await awaitConnections(cluster, password), attached }
    } catch (error) {
      if (Date.now() > deadline) throw error
      const reason = messageOf(error)
      if (reason !== said) log.warn({ reason }, 'PostgreSQL does not start yet; trying again')
      said = reason
      await Bun.sleep(100)
    }
  }
}

/**
 * Starts the embedded PostgreSQL of a data folder, whose lock the caller holds.
 *
 * @throws {Failure} with one sentence when it cannot be started
 */
export async function startEmbeddedPostgres(options: {
  readonly folder: DataFolder
  readonly log: Logger
  readonly machine?: Machine
}): Promise<EmbeddedPostgres> {
  const { folder, log } = options
  const residence = await findResidence(folder, options.machine)
  const { home } = residence
  const password = await clusterPassword(folder, home)
  const survivor = findPostmaster(clusterOf(home))
  if (!survivor) await ownHome(residence)
  const runtime = await installRuntime(home, survivor && programOf(survivor.pid))
  const cluster = await ensureCluster(residence, runtime, password)
  const listen = await chooseListen(residence)
  const start = (): Promise<void> => spawnPostgres(residence, runtime, cluster, listen)
  const first = await bringUp(cluster, password, start, log)
  let { postmaster } = first
  log.debug({ pid: postmaster.pid, attached: first.attached, as: residence.identity.kind }, 'PostgreSQL runs')

  let stopping = false
  const watch = async (): Promise<void> => {
    for (;;) {
      while (isAlive(postmaster.pid) && !stopping) await Bun.sleep(WATCH_INTERVAL_MS)
      if (stopping) return
      log.error({ pid: postmaster.pid }, 'PostgreSQL ended unexpectedly; starting it again')
      try {
        postmaster = (await bringUp(cluster, password, start, log)).postmaster
        log.info({ pid: postmaster.pid }, 'PostgreSQL runs again')
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL does not start')
        await Bun.sleep(1000)
      }
    }
  }
  const watching = watch()

  return {
    connection: addressOf(postmaster, password),
    attached: first.attached,
    pid: () => postmaster.pid,
    async stop() {
      stopping = true
      await watching
      await stopPostmaster(postmaster.pid)
    },
  }
}

/** The program file of a process, on systems that tell. */
function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return undefined
  }
}

/** Connects to the embedded PostgreSQL of a data folder if it runs, without owning it; null if not. */
export async function joinEmbeddedPostgres({
  folder,
}: {
  folder: DataFolder
}): Promise<EmbeddedAddress | null> {
  const { home } = await findResidence(folder)
  if (!findPostmaster(clusterOf(home))) return null
  const password = await clusterPassword(folder, home)
  return addressOf(await awaitConnections(clusterOf(home), password), password)
}
