/** `myoserve plugin test DIR [--database]`: runs the tests of a plugin with the modules of this program. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'
import { isCompiled, unpackKit } from '../../plugin/external/kit.ts'
import { TEST_DATABASE } from '../../plugin/external/test-database.ts'
import type { Program } from '../../program.ts'
import type { PluginAction } from '../plugin.ts'

/** Path of the module that offers the others. */
async function preload(disposal: AsyncDisposableStack): Promise<string> {
  if (!isCompiled()) return resolve(import.meta.dir, '../../test-preload.ts')
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-kit-'))
  disposal.defer(() => rm(folder, { recursive: true, force: true }))
  await unpackKit('runtime', folder)
  return join(folder, 'test-preload.js')
}

/** A PostgreSQL for the time of the tests: the configured server, or an embedded one of their own. */
async function startDatabase(
  { configuration, log }: Program,
  disposal: AsyncDisposableStack,
): Promise<string> {
  const { databaseUrl } = configuration.host
  if (databaseUrl !== undefined) return databaseUrl
  const { openDataFolder } = await import('../../storage/data-folder.ts')
  const { startEmbeddedPostgres } = await import('../../database/embedded/index.ts')
  const root = await mkdtemp(join(tmpdir(), 'myoserve-plugin-test-'))
  disposal.defer(() => rm(root, { recursive: true, force: true }))
  const embedded = await startEmbeddedPostgres({ folder: await openDataFolder(join(root, 'data')), log })
  disposal.defer(embedded.stop)
  const { host, port, user, password, database } = embedded.connection
  const [place, socket] = host.startsWith('/') ? ['localhost', host] : [host, undefined]
  const url = `postgres://${user}:${encodeURIComponent(password)}@${place}:${port}/${database}`
  return socket === undefined ? url : `${url}?host=${encodeURIComponent(socket)}`
}

export const testPlugin: PluginAction = async (program, { args: [source = ''], options }) => {
  const cwd = resolve(source)
  if (!(await stat(cwd).catch(() => undefined))?.isDirectory()) {
    throw new Failure(EXIT.usage, `there is no folder ${source}`)
  }
  await using disposal = new AsyncDisposableStack()
  const database = options.database ? await startDatabase(program, disposal) : undefined
  const child = Bun.spawn([process.execPath, 'test', '--preload', await preload(disposal)], {
    cwd,
    // The executable is Bun too, when it is asked to be.
    env: {
      ...process.env,
      BUN_BE_BUN: '1',
      ...(database === undefined ? {} : { [TEST_DATABASE]: database }),
    },
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  })
  return (await child.exited) === 0 ? EXIT.ok : EXIT.badData
}
