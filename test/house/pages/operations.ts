/** The types of the page's requests, from the OpenAPI document that the program prints. */
import { type ClientDocument, clientTypes } from '../../../src/build/client-types.ts'
import { runCli, SOURCE } from '../../support/cli.ts'

/** Where they stand. */
export const OPERATIONS = 'src/web/api/operations.ts'

export async function operationTypes(): Promise<string> {
  const { stdout } = await runCli(SOURCE, ['openapi'])
  return clientTypes(JSON.parse(stdout) as ClientDocument)
}
