/** `myoserve export FILE...`: recordings with their analyses for other programs, without a server. */
import {
  type Command,
  EXIT,
  type ExitCode,
  Failure,
  type Invocation,
  messageOf,
  Problem,
} from '../../src/sdk.ts'
import { reportUnreadable, requireFiles } from '../c3d-reader/index.ts'
import { FORMATS } from './formats/index.ts'
import type { Exports } from './service.ts'
import { chooseExport, type ExportChoice, UnknownExport } from './write.ts'

const optionOf = ({ options }: Invocation, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Each table that was asked for: all that a format has, unless one is named. */
function choicesOf(invocation: Invocation): ExportChoice[] {
  const format = optionOf(invocation, 'format')
  if (format === undefined)
    throw new Failure(EXIT.usage, 'export needs a --format; see `myoserve export --help`')
  const table = optionOf(invocation, 'table')
  try {
    const first = chooseExport(format, table)
    const all = first.format.tables
    return table !== undefined || !all ? [first] : all.map((each) => chooseExport(format, each))
  } catch (error) {
    if (error instanceof UnknownExport) throw new Failure(EXIT.usage, error.message)
    throw error
  }
}

/** Whether the system refused something, as it does where nothing can be written. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

/** A file that could not be exported is said, and the others go on. @returns its exit code */
function report({ terminal }: Invocation, file: string, error: unknown): ExitCode {
  if (error instanceof Problem) {
    if (error.status === 400) throw new Failure(EXIT.usage, error.message)
    terminal.err(`myoserve: ${file}: ${error.message} (${error.code})\n`)
    return error.status === 422 ? EXIT.badData : EXIT.serviceMissing
  }
  return reportUnreadable(terminal, file, error, false)
}

export const exportCommand = (exports: Exports): Command => ({
  name: 'export',
  summary: 'Export recordings with their analyses, without a server',
  usage: 'FILE... --format FORMAT [--table TABLE] [--out FOLDER] [--preset NAME]',
  options: {
    format: { type: 'string', value: 'FORMAT', summary: FORMATS.map(({ id }) => id).join(', ') },
    table: {
      type: 'string',
      value: 'TABLE',
      summary: 'One table of a format that has several; all unless stated',
    },
    out: { type: 'string', value: 'FOLDER', summary: 'Where the files go; here unless stated' },
    preset: { type: 'string', value: 'NAME', summary: 'Preset, such as clinical or ghostly' },
  },
  async run(invocation) {
    const files = requireFiles(invocation.args, Number.POSITIVE_INFINITY, 'export')
    const choices = choicesOf(invocation)
    const preset = optionOf(invocation, 'preset')
    const folder = optionOf(invocation, 'out') ?? '.'
    const request = preset === undefined ? {} : { preset }
    let exitCode: ExitCode = EXIT.ok
    for (const file of files) {
      for (const choice of choices) {
        try {
          invocation.terminal.out(`${await exports.exportFile(file, choice, request, folder)}\n`)
        } catch (error) {
          if (isSystemError(error)) {
            throw new Failure(EXIT.cannotWrite, `${folder} cannot be written: ${messageOf(error)}`)
          }
          exitCode = report(invocation, file, error)
          break
        }
      }
    }
    return exitCode
  },
})
