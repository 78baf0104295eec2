/** `/api/patients/{code}/recordings`: uploads of a patient. */
import * as v from 'valibot'
import { Instant, type Route, route } from '../../src/sdk.ts'
import {
  RecordingResource,
  receiveUpload,
  resourceOf,
  UPLOAD_BODY,
  uploadProblem,
} from '../c3d-reader/index.ts'
import { PatientCode, SessionResource, sessionResource } from '../clinical-records/index.ts'
import type { Intake } from './accept.ts'

const Answer = v.object({ recording: RecordingResource, session: SessionResource })

export const intakeRoutes = ({ accept }: Intake): Route[] => [
  route({
    method: 'post',
    path: '/api/patients/{code}/recordings',
    summary: 'Upload a recording of a patient: it gets a session, and is analysed',
    policy: 'intake:write',
    concerns: { patient: 'code' },
    params: v.object({ code: PatientCode }),
    query: v.object({
      fileName: v.optional(v.pipe(v.string(), v.maxLength(1024))),
      startedAt: v.optional(
        v.pipe(Instant, v.description('When the session began; absent: as the file or its name say')),
      ),
    }),
    body: UPLOAD_BODY,
    answers: {
      201: { description: 'Stored, durably; the analysis follows', schema: Answer },
      200: { description: 'The same bytes are stored already: recording and session', schema: Answer },
      400: { description: 'There is no file in the request' },
      404: { description: 'PATIENT_NOT_FOUND' },
      409: {
        description:
          'RECORDING_IN_OTHER_SESSION: it belongs to another patient; RECORDING_TAKEN: the same bytes are stored already, where they may not be used',
      },
      413: { description: 'RECORDING_TOO_LARGE' },
      422: { description: 'No recording that can be read: the code says why' },
      503: {
        description: 'PLUGIN_QUARANTINED: the plugin of its format is not to be run; READING_UNFINISHED',
      },
    },
    async handle({ c, viewer, params: { code: patientCode }, query: { fileName, startedAt } }) {
      const { row, created, session } = await receiveUpload(c.req.raw, fileName, (file) =>
        accept({ by: viewer, bytes: file.bytes, path: file.fileName, patientCode, startedAt }),
      ).catch(uploadProblem)
      if (!session) throw new Error('an upload of a patient has got no session')
      const answer = { recording: resourceOf(row, viewer), session: sessionResource(session, viewer) }
      return c.json(answer, created ? 201 : 200, { location: `/api/sessions/${session.id}` })
    },
  }),
]
