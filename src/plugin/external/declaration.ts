/** What is checked of a declaration that no compiler has seen, before the host relies on its types. */
import * as v from 'valibot'
import { settingNames } from '../../config/load.ts'
import { messageOf } from '../../exit.ts'
import type { Plugin } from '../define.ts'

const work = v.optional(v.function())
const schema = v.custom<v.GenericSchema>(
  (value) => typeof value === 'object' && value !== null && '~run' in value,
  'Expected a valibot schema',
)
const recordOf = <S extends v.GenericSchema>(value: S) => v.optional(v.record(v.string(), value))

const names = v.array(v.string())
const list = <S extends v.GenericSchema>(item: S) => v.optional(v.array(item))
const trying = {
  retries: v.optional(v.number()),
  backoff: v.optional(v.object({ firstS: v.number(), mostS: v.number() })),
  timeoutMs: v.optional(v.number()),
  concurrency: v.optional(v.number()),
}
const event = v.object({ name: v.string(), schema })

const Declaration = v.object({
  name: v.string(),
  version: v.string(),
  host: v.string(),
  summary: v.string(),
  needs: recordOf(v.object({ name: v.string() })),
  config: v.optional(v.object({ entries: v.record(v.string(), schema) })),
  tables: recordOf(v.looseObject({})),
  migrations: v.optional(v.array(v.object({ id: v.string(), sql: v.string() }))),
  sealed: list(v.looseObject({ about: v.function(), indexed: v.string() })),
  caches: recordOf(
    v.looseObject({
      key: v.string(),
      ttlMs: v.number(),
      graceMs: v.number(),
      deadlineMs: v.number(),
      maxBytes: v.number(),
      tags: v.array(v.string()),
      schema,
    }),
  ),
  permissions: list(v.union([v.string(), v.object({ name: v.string(), summary: v.string(), roles: names })])),
  roles: list(
    v.object({
      name: v.string(),
      summary: v.string(),
      permissions: v.optional(names),
      sees: v.picklist(['all patients', 'own patients']),
      pseudonymous: v.optional(v.boolean()),
    }),
  ),
  jobs: list(v.object({ name: v.string(), schema, run: v.function(), ...trying })),
  emits: list(event),
  on: list(v.object({ event, handle: v.function(), ...trying })),
  panels: v.optional(
    v.array(
      v.object({
        type: v.literal('panel'),
        id: v.string(),
        place: v.string(),
        title: v.record(v.string(), v.string()),
        policy: v.string(),
        module: v.string(),
      }),
    ),
  ),
  setup: v.function(),
  lend: work,
  start: work,
  stop: work,
  routes: work,
  records: work,
  commands: work,
  tasks: work,
  health: work,
  metrics: work,
  warm: work,
  contributions: work,
  recordingsOf: work,
  erase: work,
  retention: work,
  examine: work,
  links: work,
})

/** @returns the sentence that refuses it, or undefined */
export function checkDeclaration(plugin: Plugin): string | undefined {
  const result = v.safeParse(Declaration, plugin)
  if (!result.success) {
    const [issue] = result.issues
    return `its declaration is malformed at "${v.getDotPath(issue) ?? ''}": ${issue.message}`
  }
  try {
    settingNames(plugin.config ? [{ name: plugin.name, schema: plugin.config }] : [])
    return undefined
  } catch (error) {
    return `its settings are malformed: ${messageOf(error)}`
  }
}
