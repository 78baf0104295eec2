/** All formats, by what people ask for most. */
import { c3d } from './c3d.ts'
import { csv } from './csv.ts'
import { edf } from './edf.ts'
import { fhir } from './fhir.ts'
import type { ExportFormat } from './format.ts'
import { json } from './json.ts'
import { mat } from './mat.ts'
import { parquet } from './parquet.ts'

export const FORMATS: readonly ExportFormat[] = [csv, json, parquet, mat, edf, c3d, fhir]

export { CannotHold, type ExportFormat, TABLES, type TableName } from './format.ts'
