/** One setting: a valibot entry that also knows its names in the environment and on the command line. */
import * as v from 'valibot'
import { type Duration, milliseconds } from './duration.ts'

/** What a setting says of itself, beside its schema. */
export interface SettingInfo {
  /** One line for people. */
  readonly summary: string
  /** What a valid value looks like, as the end of "expected …". */
  readonly allowed: string
  /** Its name in the environment; derived from the key where absent. */
  readonly env?: string
  /** Its flag without the dashes; derived from the key where absent. */
  readonly flag?: string
  /** Shown as `[redacted]`. */
  readonly secret?: boolean
  /** On or off: its flag takes no value, and `--no-…` turns it off. */
  readonly toggle?: boolean
}

/** The schema of one setting. */
type Entry = v.GenericSchema<unknown, unknown>

/**
 * Declares a setting of a configuration schema.
 *
 * @example
 * const Config = v.object({ port: setting(wholeNumber(0, 65535), 8080, { summary: '…', allowed: '…' }) })
 */
export const setting = <const S extends Entry, const D extends v.InferInput<S>>(
  schema: S,
  fallback: D,
  info: SettingInfo,
) =>
  v.pipe(
    v.optional(schema, () => fallback),
    v.metadata({ setting: info }),
  )

/** A setting without a default: absent unless somebody sets it. */
export const optionalSetting = <const S extends Entry>(schema: S, info: SettingInfo) =>
  v.pipe(v.optional(schema), v.metadata({ setting: info }))

/** The {@link SettingInfo} of one entry of a configuration schema. */
export function settingInfo(entry: Entry): SettingInfo | undefined {
  return v.getMetadata(entry as Parameters<typeof v.getMetadata>[0]).setting as SettingInfo | undefined
}

const numeric = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i))]),
  v.transform(Number),
)

/** A number from a flag, an environment variable or a file: from `least` to `most`, both included. */
export const decimal = (least: number, most: number) =>
  v.pipe(numeric, v.finite(), v.minValue(least), v.maxValue(most))

/** A whole number from `least` to `most`, both included. */
export const wholeNumber = (least: number, most: number) =>
  v.pipe(numeric, v.integer(), v.minValue(least), v.maxValue(most))

/** A time such as `5s` or `2min`, in ms. */
export const duration = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\d+(?:\.\d+)?(?:ms|s|min|h|d)$/),
  v.transform((text) => milliseconds(text as Duration)),
)

/** A list: an array of the file, or a text with commas between. What is said twice counts once. */
export const listOf = <const S extends v.GenericSchema<string, string>>(each: S) =>
  v.pipe(
    v.union([
      v.array(v.string()),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(',')),
      ),
    ]),
    v.transform((items) => [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))]),
    v.array(each),
  )

const WORDS_ON = ['true', '1', 'yes', 'on']
const WORDS_OFF = ['false', '0', 'no', 'off']

const onOff = v.pipe(
  v.union([v.boolean(), v.picklist([...WORDS_ON, ...WORDS_OFF])]),
  v.transform((value) => (typeof value === 'boolean' ? value : WORDS_ON.includes(value))),
)

/** A setting that is on or off: a boolean of the file, a word of the environment, a bare flag. */
export const toggle = (fallback: boolean, info: Omit<SettingInfo, 'allowed' | 'toggle' | 'secret'>) =>
  setting(onOff, fallback, { ...info, allowed: 'true or false', toggle: true })

const UNITS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 } as const

/** An amount of bytes: `512MiB`, `20 MB`, or a plain number. */
export const byteSize = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^\d+(\.\d+)?\s*(B|[KMG]i?B)?$/i))]),
  v.transform((value) => {
    if (typeof value === 'number') return value
    const [, amount = '', unit = 'B'] = /^([\d.]+)\s*(\w*)$/.exec(value) ?? []
    return Math.floor(Number(amount) * UNITS[(unit || 'B').toUpperCase() as keyof typeof UNITS])
  }),
  v.integer(),
  v.minValue(1),
)
