/** The shapes of manual edits in REST. */

import * as v from 'valibot'
import { textOf } from '../../../src/sdk.ts'
import { ContractionEditSchema } from '../analysis/index.ts'

const by = {
  reason: v.pipe(v.optional(v.nullable(textOf(500)), null), v.description('Why')),
  author: v.pipe(v.optional(v.nullable(textOf(100)), null), v.description('Who')),
}

export const NewEditBody = v.strictObject({ edit: ContractionEditSchema, ...by })
export const RevokeBody = v.strictObject(by)

export const EditResource = v.object({
  id: v.pipe(v.string(), v.uuid(), v.description('UUIDv7: edits are applied in this order')),
  edit: v.pipe(v.nullable(ContractionEditSchema), v.description('null: it undoes another')),
  revokes: v.pipe(v.nullable(v.string()), v.description('The edit that it undoes')),
  inForce: v.pipe(v.boolean(), v.description('Whether it is applied')),
  reason: v.nullable(v.string()),
  author: v.nullable(v.string()),
  createdAt: v.string(),
})

/** An edit as it is entered. */
export type NewEdit = v.InferOutput<typeof NewEditBody>

/** Who undoes an edit, and why. */
export type Revocation = v.InferOutput<typeof RevokeBody>

/** An edit with who made it and when, and who undid it. */
export type StoredEdit = v.InferOutput<typeof EditResource>
