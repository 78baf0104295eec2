/** What the cascade answers. */
import * as v from 'valibot'

/** The rungs, first that holds wins. */
export const SOURCES = ['manual', 'recording-metadata', 'patient-record', 'calculated', 'default'] as const

/** One of {@link SOURCES}. */
export type MvcSource = (typeof SOURCES)[number]

/**
 * How far a value can be relied on as the maximum that the muscle is able to:
 *
 * - `high`: somebody stands behind it, and it is recent. A manual value, or a calibration of two trials or more that
 *   agree to within 10 %, unclipped, in a declared unit; both within the validity.
 * - `moderate`: it is of the right kind, with a reservation. A manual value older than the validity; a calibration
 *   with one trial, a spread over 10 % or an assumed unit; a value from the recording’s metadata, which says neither
 *   how nor when it was measured.
 * - `low`: it is likely below the true maximum, or is no measurement of it. A calibration with
 *   clipped trials; a calculation from an exercise; the configured default.
 */
export const CONFIDENCES = ['high', 'moderate', 'low'] as const

/** One of {@link CONFIDENCES}. */
export type MvcConfidence = (typeof CONFIDENCES)[number]

const nullable = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(v.nullable(schema), v.description(description))

export const PassedOverSchema = v.object({
  source: v.picklist(SOURCES),
  value: nullable(v.number(), 'V; null where there is none'),
  reason: v.string(),
})

/** The MVC that holds for a channel, in V, with where it is from; null with a reason where none does. */
export const MvcResolutionSchema = v.object({
  value: nullable(v.number(), 'null where no rung holds; `reason` says why'),
  unit: v.literal('V'),
  unitBasis: nullable(
    v.picklist(['declared', 'assumed']),
    '`assumed`: where the value is from names no unit, and V was taken; null where nobody says',
  ),
  source: nullable(v.picklist(SOURCES), 'The rung that the value is from'),
  method: nullable(v.string(), 'How it was determined'),
  confidence: nullable(v.picklist(CONFIDENCES), 'How far it can be relied on as a maximum'),
  ageDays: nullable(
    v.number(),
    'Days since it was measured, below 0 where that was later; null where it is not known',
  ),
  recordId: nullable(v.string(), 'The stored record'),
  reason: nullable(v.string(), 'Why there is no value; null where there is one'),
  passedOver: v.pipe(
    v.array(PassedOverSchema),
    v.description('Every other rung, in the order of the cascade, with why it was not taken'),
  ),
})

/** The MVC of one muscle at one time, with where it is from and what was passed over. */
export type MvcResolution = v.InferOutput<typeof MvcResolutionSchema>
