/** One export: a format, one of its tables, a source; bytes and a name for them out. */
import { open } from 'node:fs/promises'
import { type ExportFormat, FORMATS, type TableName } from './formats/index.ts'
import type { ExportSource } from './source.ts'

/** A format, and the table of it where it has several. */
export interface ExportChoice {
  readonly format: ExportFormat
  readonly table: TableName | null
}

/** A file that was made. */
export interface ExportedFile {
  /** Says neither a name nor that of the file that was uploaded. */
  readonly name: string
  /** Made while they are read, once. */
  readonly parts: AsyncIterable<Uint8Array>
}

/** There is no such format, or it has no such table: the message says what there is. */
export class UnknownExport extends Error {
  override readonly name = 'UnknownExport'
}

/** @throws {UnknownExport} */
export function chooseExport(id: string, table: string | undefined): ExportChoice {
  const format = FORMATS.find((each) => each.id === id)
  if (!format) {
    throw new UnknownExport(
      `there is no format "${id}"; there are ${FORMATS.map((each) => each.id).join(', ')}`,
    )
  }
  const { tables } = format
  if (!tables) {
    if (table === undefined) return { format, table: null }
    throw new UnknownExport(`${id} has no tables`)
  }
  const found = table === undefined ? tables[0] : tables.find((each) => each === table)
  if (found) return { format, table: found }
  throw new UnknownExport(`${id} has no table "${table}"; it has ${tables.join(', ')}`)
}

const nameOf = ({ session, recordingId, sha256 }: ExportSource, { format, table }: ExportChoice): string =>
  `${[session?.patientCode ?? 'recording', recordingId ?? sha256.slice(0, 16), table].filter(Boolean).join('-')}${format.extension}`

/** The parts throw {@link CannotHold}. */
export function writeExport(source: ExportSource, choice: ExportChoice): ExportedFile {
  const { format, table } = choice
  return { name: nameOf(source, choice), parts: format.write(source, table ?? 'contractions') }
}

/**
 * Writes a file that is not there yet, for its owner alone. Where its parts throw, the beginning of it is there.
 *
 * @returns its size and the SHA-256 of its bytes, hex
 */
export async function saveExport(
  path: string,
  { parts }: ExportedFile,
): Promise<{ bytes: number; sha256: string }> {
  const hasher = new Bun.CryptoHasher('sha256')
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const part of parts) {
      hasher.update(part)
      await file.writeFile(part)
      bytes += part.length
    }
  } finally {
    await file.close()
  }
  return { bytes, sha256: hasher.digest('hex') }
}
