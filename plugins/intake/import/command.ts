/** `myoserve import DIR`: hands a whole archive of recordings to a server. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Command,
  clean,
  createProgress,
  EXIT,
  Failure,
  type Invocation,
  isFailure,
  messageOf,
} from '../../../src/sdk.ts'
import { patientInPath, type RecordingFormats } from '../../c3d-reader/index.ts'
import { hashOf, recordingsIn } from './files.ts'
import { type ImportServer, importServer, Refused } from './server.ts'

const DEFAULT_SERVER = 'http://127.0.0.1:8080'

interface ImportReport {
  readonly folder: string
  readonly found: number
  imported: number
  /** They were there already, of this import or of another way in. */
  known: number
  readonly failed: Array<{ readonly file: string; readonly code: string; readonly reason: string }>
}

async function readFolder({ args }: Invocation): Promise<string> {
  const [folder, ...more] = args
  if (folder === undefined || more.length > 0) {
    throw new Failure(EXIT.usage, 'import needs one DIR; see `myoserve import --help`')
  }
  const info = await stat(folder).catch(() => undefined)
  if (!info?.isDirectory()) throw new Failure(EXIT.usage, `there is no folder ${folder}`)
  return folder
}

function readServer({ options: { server } }: Invocation): string {
  const url = typeof server === 'string' ? server : DEFAULT_SERVER
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new Failure(EXIT.usage, `--server is "${url}", expected a URL such as ${DEFAULT_SERVER}`)
}

/** A key on the command line itself would be shown to everybody on the machine. */
async function readKey({ options }: Invocation): Promise<string | null> {
  const path = options['key-file']
  if (typeof path !== 'string') return null
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Failure(EXIT.usage, `--key-file cannot be read: ${messageOf(error)}`)
  })
  const key = text.trim()
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw new Failure(EXIT.usage, `--key-file ${path} holds no key`)
}

const extensionsOf = (formats: RecordingFormats): string[] =>
  formats.list().flatMap(({ extensions }) => [...extensions])

interface One {
  readonly server: ImportServer
  readonly path: string
  readonly name: string
  readonly patientCode: string | null
}

/** The server knows a recording by its bytes, so that an import which was broken off goes on where it was. */
async function importOne({ server, path, name, patientCode }: One): Promise<'imported' | 'known'> {
  if (await server.has(await hashOf(path), patientCode)) return 'known'
  return (await server.upload(path, name, patientCode)) === 'new' ? 'imported' : 'known'
}

const fileError = (error: unknown): { readonly code: string; readonly reason: string } =>
  error instanceof Refused
    ? { code: error.code, reason: error.message }
    : { code: 'FILE_UNREADABLE', reason: messageOf(error) }

function print(
  { folder, found, imported, known, failed }: ImportReport,
  { options, terminal }: Invocation,
): void {
  if (options.json) {
    terminal.out(`${JSON.stringify({ folder, found, imported, known, failed }, null, 2)}\n`)
    return
  }
  for (const { file, code, reason } of failed)
    terminal.err(`myoserve: ${clean(file)}: ${clean(reason)} (${code})\n`)
  terminal.out(`${found} found: ${imported} imported, ${known} known already, ${failed.length} failed\n`)
}

/** @param formats whose files are recordings */
export const importCommand = (formats: RecordingFormats): Command => ({
  name: 'import',
  summary: 'Hand all recordings of a folder to a server',
  usage: 'DIR [--server URL] [--key-file FILE] [--create-patients] [--json]',
  options: {
    server: { type: 'string', value: 'URL', summary: `Where it answers, ${DEFAULT_SERVER} unless stated` },
    'key-file': { type: 'string', value: 'FILE', summary: 'File with the key that the server lets us in by' },
    'create-patients': {
      type: 'boolean',
      summary: 'Enter the patients whose codes stand in paths, such as P001/gait.c3d, and are not there',
    },
    json: { type: 'boolean', summary: 'Print the report as JSON' },
  },
  async run(invocation) {
    const folder = await readFolder(invocation)
    const server = importServer(readServer(invocation), await readKey(invocation))
    const names = await recordingsIn(folder, extensionsOf(formats))
    const report: ImportReport = { folder, found: names.length, imported: 0, known: 0, failed: [] }
    const entered = new Set<string>()
    const progress = createProgress(invocation.terminal, names.length)
    for (const name of names) {
      progress.step(name)
      const patientCode = patientInPath(name)
      try {
        if (invocation.options['create-patients'] && patientCode !== null && !entered.has(patientCode)) {
          await server.enterPatient(patientCode)
          entered.add(patientCode)
        }
        report[await importOne({ server, path: join(folder, name), name, patientCode })]++
      } catch (error) {
        if (isFailure(error)) {
          progress.done()
          print(report, invocation)
          throw error
        }
        report.failed.push({ file: name, ...fileError(error) })
      }
    }
    progress.done()
    print(report, invocation)
    return report.failed.length > 0 ? EXIT.badData : EXIT.ok
  },
})
