/** FHIR R4: a bundle of a diagnostic report and its observations. */
import { bundleOf } from '../fhir/bundle.ts'
import type { ExportFormat } from './format.ts'

export const fhir: ExportFormat = {
  type: 'export-format',
  id: 'fhir',
  summary: 'FHIR R4: a bundle of a DiagnosticReport and its Observations, units by UCUM',
  reference: 'https://hl7.org/fhir/R4/',
  mediaType: 'application/fhir+json; fhirVersion=4.0',
  extension: '.fhir.json',
  async *write(source) {
    yield new TextEncoder().encode(`${JSON.stringify(bundleOf(source), null, 2)}\n`)
  },
}
