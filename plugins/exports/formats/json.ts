/** JSON: the whole analysis, with the session by pseudonym. */
import type { ExportFormat } from './format.ts'

/** Changes with the form of the object around the analysis. */
const FORMAT_VERSION = 1

export const json: ExportFormat = {
  type: 'export-format',
  id: 'json',
  summary: 'JSON: the whole analysis with all that it was made with',
  reference: 'RFC 8259; docs/analysis.md',
  mediaType: 'application/json',
  extension: '.json',
  async *write({ recordingId, sha256, session, identification, analysis }) {
    const object = {
      formatVersion: FORMAT_VERSION,
      recordingId,
      sha256,
      session,
      ...(identification && { identification }),
      analysis,
    }
    yield new TextEncoder().encode(`${JSON.stringify(object, null, 2)}\n`)
  },
}
