/** The types of the page's requests are those of the routes that there are. */
import { expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { clientTypes } from '../../src/build/client-types.ts'
import { PROJECT } from '../support/targets.ts'
import { OPERATIONS, operationTypes } from './pages/operations.ts'

setDefaultTimeout(60_000)

test('the page asks by the types of the OpenAPI document (else: bun test/house/pages/write.ts)', async () => {
  expect(await operationTypes()).toBe(await Bun.file(join(PROJECT, OPERATIONS)).text())
})

test('types are written for each place of a request, and what is used twice has a name', () => {
  const session = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      'body-side': { enum: ['left', 'right'] },
      rpe: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      blocks: { type: 'array', items: { type: 'object', properties: { at: { type: 'number' } } } },
    },
    required: ['id'],
  }
  const json = { content: { 'application/json': { schema: session } } }
  const text = clientTypes({
    paths: {
      '/api/sessions/{id}': {
        get: {
          parameters: [
            { in: 'path', name: 'id', required: true, schema: { type: 'string' } },
            { in: 'query', name: 'limit', schema: { type: 'integer' } },
          ],
          responses: { 200: json, 404: {} },
        },
        patch: { requestBody: json, responses: { 204: {} } },
      },
    },
  })
  const shape =
    "{ id: string; 'body-side'?: 'left' | 'right'; rpe?: number | null; blocks?: { at?: number }[] }"
  expect(text.split('\n').slice(1)).toEqual([
    `type Shared1 = ${shape}`,
    'export interface Operations {',
    "  'GET /api/sessions/{id}': { path: { id: string }; query: { limit?: number }; answer: Shared1 }",
    "  'PATCH /api/sessions/{id}': { body: Shared1; answer: unknown }",
    '}',
    '',
  ])
})
