/** `myoserve plugin test FILE|DIR [--database]`: runs the contract and the tests of a plugin with the modules of this program. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'
import { entryOf } from '../../plugin/external/import.ts'
import { isCompiled, unpackKit } from '../../plugin/external/kit.ts'
import { isRefusal } from '../../plugin/external/refusal.ts'
import { TEST_DATABASE } from '../../plugin/external/test-database.ts'
import type { Program } from '../../program.ts'
import type { Action } from '../actions.ts'

/** What `bun test` takes for tests, where it is asked to look for them. */
const TESTS = '**/*{.test,_test,.spec,_spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'

/** A folder for the time of the tests. */
async function temporary(prefix: string, disposal: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  disposal.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Path of the module that offers the others. */
async function preload(disposal: AsyncDisposableStack): Promise<string> {
  if (!isCompiled()) return resolve(import.meta.dir, '../../test-preload.ts')
  const folder = await temporary('myoserve-kit-', disposal)
  await unpackKit('runtime', folder)
  return join(folder, 'test-preload.js')
}

/** Path of a test that holds the plugin against the contract, unless its own tests have done so. */
async function contractTest(entry: string, disposal: AsyncDisposableStack): Promise<string> {
  const path = join(await temporary('myoserve-contract-', disposal), 'contract.test.ts')
  await Bun.write(
    path,
    `import { contractSuite } from 'myoserve/test'
import plugin from ${JSON.stringify(entry)}
const suites = globalThis[Symbol.for('myoserve:contract-suites')]
if (!suites?.has(plugin.name)) contractSuite(plugin)
`,
  )
  return path
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
  const root = await temporary('myoserve-plugin-test-', disposal)
  const embedded = await startEmbeddedPostgres({ folder: await openDataFolder(join(root, 'data')), log })
  disposal.defer(embedded.stop)
  const { host, port, user, password, database } = embedded.connection
  const [place, socket] = host.startsWith('/') ? ['localhost', host] : [host, undefined]
  const url = `postgres://${user}:${encodeURIComponent(password)}@${place}:${port}/${database}`
  return socket === undefined ? url : `${url}?host=${encodeURIComponent(socket)}`
}

/** The tests of a plugin of a folder. */
const testsOf = (folder: string): string[] =>
  [...new Bun.Glob(TESTS).scanSync(folder)]
    .filter((path) => !path.split(/[/\\]/).includes('node_modules'))
    .sort()
    .map((path) => `./${path}`)

export const testPlugin: Action = async (program, { args: [source = ''], options, terminal }) => {
  const info = await stat(resolve(source)).catch(() => undefined)
  if (!info) throw new Failure(EXIT.usage, `there is nothing at ${source}`)
  const entry = await entryOf(source).catch((error: unknown) => {
    if (isRefusal(error)) throw new Failure(EXIT.badData, `${source}: ${error.message}`, { cause: error })
    throw error
  })
  const cwd = info.isDirectory() ? resolve(source) : dirname(entry)
  const own = info.isDirectory() ? testsOf(cwd) : []
  await using disposal = new AsyncDisposableStack()
  const database = options.database ? await startDatabase(program, disposal) : undefined
  const files = own.length === 1 ? '1 file' : `${own.length} files`
  terminal.out(`${source}: its tests, in ${files}, and the contract that every plugin holds\n`)
  const child = Bun.spawn(
    // The last: by then the tests of the plugin have said whether they hold it against the contract themselves.
    [
      ...[process.execPath, 'test', '--preload', await preload(disposal)],
      ...[...own, await contractTest(entry, disposal)],
    ],
    {
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
    },
  )
  return (await child.exited) === 0 ? EXIT.ok : EXIT.badData
}
