/** `/api/recordings/{id}/edits`: contractions set by hand. */
import * as v from 'valibot'
import {
  jsonBody,
  Problem,
  type Route,
  readJson,
  route,
  type Viewer,
  violatedConstraint,
} from '../../../src/sdk.ts'
import { RecordingId, requireRecording } from '../../c3d-reader/index.ts'
import type { Analyzer } from '../service.ts'
import { EditResource, NewEditBody, RevokeBody, type StoredEdit } from './schema.ts'

const params = v.object({ id: RecordingId })
const notFound = { description: 'There is no such recording' }

/** @throws {Problem} 409 EDIT_REVOKED when somebody was faster */
function alreadyRevoked(error: unknown): never {
  if (violatedConstraint(error) === 'contraction_edits_revokes_unique') {
    throw new Problem(409, 'EDIT_REVOKED', 'This edit was undone already.')
  }
  throw error
}

/** Who made it and why is not told to those who see no names. */
const editFor = ({ pseudonymous }: Viewer, edit: StoredEdit): StoredEdit =>
  pseudonymous ? { ...edit, reason: null, author: null } : edit

export const editRoutes = ({ recordings, edits }: Analyzer): Route[] => [
  route({
    method: 'get',
    path: '/api/recordings/{id}/edits',
    summary: 'All edits of the contractions of a recording, those undone among them',
    policy: 'analysis:read',
    concerns: { recording: 'id' },
    params,
    answers: {
      200: {
        description: 'In the order in which they were made',
        schema: v.object({ items: v.array(EditResource) }),
      },
      404: notFound,
    },
    async handle({ viewer, params: { id } }) {
      await requireRecording(recordings.store, id)
      return { items: (await edits.history(id)).map((each) => editFor(viewer, each)) }
    },
  }),
  route({
    method: 'post',
    path: '/api/recordings/{id}/edits',
    summary: 'Add, move or remove a contraction by hand',
    policy: 'analysis:edit',
    concerns: { recording: 'id' },
    params,
    body: jsonBody(NewEditBody),
    answers: { 201: { description: 'Stored', schema: EditResource }, 404: notFound },
    async handle({ c, viewer, params: { id } }) {
      const row = await requireRecording(recordings.store, id)
      const body = await readJson(c, NewEditBody)
      const recording = await recordings.store.open(row)
      if (!recording.channels.some(({ index }) => index === body.edit.channel)) {
        throw new Problem(422, 'NO_SUCH_CHANNEL', `The recording has no channel ${body.edit.channel}.`)
      }
      const latest = body.edit.kind === 'remove' ? body.edit.atMs : body.edit.endMs
      if (latest > recording.durationS * 1000) {
        throw new Problem(422, 'BEYOND_RECORDING', `The recording ends at ${recording.durationS * 1000} ms.`)
      }
      return c.json(editFor(viewer, await edits.add(id, body)), 201)
    },
  }),
  route({
    method: 'post',
    path: '/api/recordings/{id}/edits/{editId}/revoke',
    summary: 'Undo an edit; both stay in the history',
    policy: 'analysis:edit',
    concerns: { recording: 'id' },
    params: v.object({ id: RecordingId, editId: v.pipe(v.string(), v.uuid()) }),
    body: jsonBody(RevokeBody),
    answers: {
      201: { description: 'Undone', schema: EditResource },
      404: { description: 'RECORDING_NOT_FOUND or EDIT_NOT_FOUND' },
      409: { description: 'EDIT_REVOKED: it was undone already' },
    },
    async handle({ c, viewer, params: { id, editId } }) {
      await requireRecording(recordings.store, id)
      const found = (await edits.history(id)).find((each) => each.id === editId && each.edit !== null)
      if (!found) throw new Problem(404, 'EDIT_NOT_FOUND', 'The recording has no edit with this id.')
      const by = await readJson(c, RevokeBody)
      return c.json(editFor(viewer, await edits.revoke(id, editId, by).catch(alreadyRevoked)), 201)
    },
  }),
]
