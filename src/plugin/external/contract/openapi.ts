/** Whether a document is OpenAPI. */
import { Validator } from '@seriousme/openapi-schema-validator'

/** @returns what is wrong with it, a sentence each */
export async function openApiFaults(document: object): Promise<string[]> {
  const { valid, errors } = await new Validator().validate(document as Record<string, unknown>)
  if (valid) return []
  const found = Array.isArray(errors) ? errors : [{ message: String(errors) }]
  return found.slice(0, 5).map((each) => {
    const { instancePath = '', message = '' } = each as { instancePath?: string; message?: string }
    return `with its routes, the OpenAPI document is not valid at ${instancePath || '/'}: ${message}`
  })
}
