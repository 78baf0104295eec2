/** Effective configuration: flags over environment over file over defaults, each value with its origin. */
import * as v from 'valibot'
import { EXIT, Failure } from '../exit.ts'
import { type ConfigFile, type FileContent, isObject, readConfigFile } from './file.ts'
import { HostConfig } from './schema.ts'
import { type SettingInfo, settingInfo } from './setting.ts'

export type Origin = 'flag' | 'environment' | 'file' | 'default'

/** One setting of the host or of a plugin, with all its names. */
export interface SettingName {
  /** Section in the file: a plugin's name; empty for the host's own. */
  readonly section: string
  readonly key: string
  readonly flag: string
  readonly env: string
  readonly info: SettingInfo
  readonly schema: v.GenericSchema
}

/** One line of `myoserve config`. */
export interface EffectiveValue {
  readonly name: SettingName
  readonly value: unknown
  readonly origin: Origin
}

export interface Configuration {
  readonly host: HostConfig
  /** Validated sections of the plugins, by name. */
  readonly plugins: Readonly<Record<string, unknown>>
  readonly values: readonly EffectiveValue[]
}

/** Where values come from. */
export interface ConfigSources {
  /** Parsed flags by name, without dashes. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Its content is read where it is not given. */
  readonly file: ConfigFile & { readonly content?: FileContent }
}

/** A section of settings: the host's own, or a plugin's. */
export interface Section {
  readonly name: string
  readonly schema: v.ObjectSchema<v.ObjectEntries, undefined>
}

const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
export const upperSnake = (key: string): string => kebab(key).replaceAll('-', '_').toUpperCase()

/** Every setting there is, the host's first. */
export function settingNames(sections: readonly Section[]): SettingName[] {
  return [{ name: '', schema: HostConfig }, ...sections].flatMap(({ name: section, schema }) =>
    Object.entries(schema.entries).map(([key, entry]) => {
      const info = settingInfo(entry as v.GenericSchema)
      if (!info)
        throw new TypeError(`${section || 'host'} setting "${key}" is not declared with setting(...)`)
      return {
        section,
        key,
        info,
        schema: entry as v.GenericSchema,
        flag: info.flag ?? (section ? `${section}.${kebab(key)}` : kebab(key)),
        env: info.env ?? upperSnake(section ? `${section}-${key}` : key),
      }
    }),
  )
}

function refuseUnknownKeys(
  file: FileContent,
  names: readonly SettingName[],
  path: string,
  passedOver: (key: string) => boolean,
): void {
  const sections = new Set(names.map((name) => name.section))
  const known = new Set(names.map((name) => (name.section ? `${name.section}.${name.key}` : name.key)))
  const read = Object.entries(file).filter(([key]) => !passedOver(key))
  const found = read.flatMap(([key, value]) =>
    sections.has(key) && isObject(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
  )
  const unknown = found.find((key) => !known.has(key))
  if (unknown === undefined) return
  throw new Failure(
    EXIT.badConfiguration,
    `${path} sets "${unknown}", which is no setting; \`myoserve config\` lists them all`,
  )
}

function lookUp(name: SettingName, sources: ConfigSources, file: FileContent): [unknown, Origin] {
  const flag = sources.flags[name.flag]
  if (flag !== undefined) return [flag, 'flag']
  const variable = sources.env[name.env]
  if (variable !== undefined && variable !== '') return [variable, 'environment']
  const section = name.section ? file[name.section] : file
  const filed = isObject(section) ? section[name.key] : undefined
  return filed === undefined ? [undefined, 'default'] : [filed, 'file']
}

function place({ section, key, flag, env }: SettingName, origin: Origin, path: string): string {
  if (origin === 'flag') return `--${flag}`
  if (origin === 'environment') return `${env} (environment)`
  return `${section ? `${section}.` : ''}${key} (${path})`
}

/**
 * Reads and validates everything.
 *
 * @param passedOver tells the keys of the file that are somebody else's, such as the section of a plugin that is
 *   disabled; any other that is no setting is refused
 * @throws {Failure} 78 with one sentence that names the key, the value and what is allowed
 */
export function loadConfiguration(
  sections: readonly Section[],
  sources: ConfigSources,
  passedOver: (key: string) => boolean = () => false,
): Configuration {
  const names = settingNames(sections)
  const file = sources.file.content ?? readConfigFile(sources.file)
  refuseUnknownKeys(file, names, sources.file.path, passedOver)
  const values = names.map((name): EffectiveValue => {
    const [raw, origin] = lookUp(name, sources, file)
    const result = v.safeParse(name.schema, raw)
    if (result.success) return { name, value: result.output, origin }
    const shown = name.info.secret ? '[redacted]' : JSON.stringify(raw)
    throw new Failure(
      EXIT.badConfiguration,
      `${place(name, origin, sources.file.path)} is ${shown}, expected ${name.info.allowed}`,
    )
  })
  const pick = (section: string): Record<string, unknown> =>
    Object.fromEntries(
      values.filter(({ name }) => name.section === section).map(({ name, value }) => [name.key, value]),
    )
  return {
    host: pick('') as HostConfig,
    plugins: Object.fromEntries(sections.map(({ name }) => [name, pick(name)])),
    values,
  }
}
