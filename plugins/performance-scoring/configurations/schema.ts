/** Scoring configurations: what the service gives, and their shape in REST. */

import * as v from 'valibot'
import { PageLimit } from '../../../src/sdk.ts'
import { type ScoringRules, ScoringRulesSchema } from '../score/index.ts'

/** One version of a scoring configuration. */
export interface Configuration {
  /** UUIDv7; all versions share it. */
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  /** Since then it is chosen no more. */
  readonly retiredAt: Date | null
  /** From 1. */
  readonly version: number
  /** Why there is this version. */
  readonly description: string
  readonly versionCreatedAt: Date
  readonly rules: ScoringRules
  readonly latestVersion: number
}

export const ConfigurationId = v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the configuration'))

const Name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u, 'expected letters, digits, punctuation and spaces'),
  v.description('Unique'),
)

const Description = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2000),
  v.check((text) => text.isWellFormed() && !text.includes('\0'), 'expected text'),
  v.description('Why there is this version'),
)

export const NewVersionBody = v.strictObject({
  description: v.optional(Description, ''),
  rules: ScoringRulesSchema,
})

export const NewConfigurationBody = v.strictObject({ name: Name, ...NewVersionBody.entries })

const versionNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_147_483_647))

/** `?version=`. */
export const VersionQuery = v.object({
  version: v.optional(
    v.pipe(
      v.string(),
      v.digits('expected a whole number'),
      v.transform(Number),
      versionNumber,
      v.description('Absent: the newest'),
    ),
  ),
})

/** How a body names a configuration. */
export const ConfigurationChoice = v.strictObject({
  configurationId: ConfigurationId,
  version: v.optional(v.pipe(versionNumber, v.description('Absent: the newest at this moment'))),
})

export const ListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(v.pipe(v.string(), v.uuid('expected the nextCursor of a page'))),
})

const instant = v.pipe(v.string(), v.isoTimestamp())

export const ConfigurationResource = v.object({
  id: ConfigurationId,
  name: v.string(),
  builtIn: v.pipe(
    v.boolean(),
    v.description('Part of the program: it has no new versions and is not retired'),
  ),
  createdAt: instant,
  retiredAt: v.pipe(v.nullable(instant), v.description('Since then it is chosen no more')),
  version: versionNumber,
  latestVersion: versionNumber,
  activeVersion: v.pipe(
    v.nullable(versionNumber),
    v.description('The version that was activated, if one is'),
  ),
  description: v.string(),
  versionCreatedAt: instant,
  rules: ScoringRulesSchema,
})
