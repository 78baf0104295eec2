/** The configuration file: a JSON object with a section for each plugin. */
import { readFileSync } from 'node:fs'
import { EXIT, Failure, messageOf } from '../exit.ts'

export type FileContent = Readonly<Record<string, unknown>>

export interface ConfigFile {
  readonly path: string
  /** Whether somebody has named it, so that it has to be there. */
  readonly explicit: boolean
}

export const isObject = (value: unknown): value is FileContent =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws {Failure} 78 where it cannot be read, or holds anything else */
export function readConfigFile({ path, explicit }: ConfigFile): FileContent {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (!explicit && (cause as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Failure(EXIT.badConfiguration, `cannot read ${path}: ${messageOf(cause)}`, { cause })
  }
  try {
    const content: unknown = JSON.parse(text)
    if (isObject(content)) return content
  } catch (cause) {
    throw new Failure(EXIT.badConfiguration, `${path} is not valid JSON: ${messageOf(cause)}`, { cause })
  }
  throw new Failure(EXIT.badConfiguration, `${path} does not hold a JSON object`)
}
