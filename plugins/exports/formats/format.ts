/** A format that recordings are exported in. */
import type { ExportSource } from '../source.ts'

/** The tidy tables that formats of rows have one of. */
export const TABLES = ['contractions', 'metrics', 'signals'] as const

/** One of the tables. */
export type TableName = (typeof TABLES)[number]

/** A plain object, like those that analyses are made of. */
export interface ExportFormat {
  readonly type: 'export-format'
  readonly id: string
  /** One line. */
  readonly summary: string
  /** The specification. */
  readonly reference: string
  readonly mediaType: string
  /** End of file names, with its dot. */
  readonly extension: string
  /** The tables that it can hold, one a file, the usual one first; absent: it holds everything. */
  readonly tables?: readonly [TableName, ...TableName[]]
  /**
   * The bytes of the file, part after part, so that a long one is never in memory as a whole. The same source, the same
   * bytes.
   *
   * @throws {CannotHold}
   */
  write(source: ExportSource, table: TableName): AsyncIterable<Uint8Array>
}

/** The format has no way to say what the recording holds. */
export class CannotHold extends Error {
  override readonly name = 'CannotHold'
}
