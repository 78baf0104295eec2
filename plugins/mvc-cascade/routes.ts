/** `/api/patients/{code}/mvc`, `/api/mvc/defaults` and `/api/mvc/calibrate`. */
import * as v from 'valibot'
import { type Clock, cacheHeaders, cutPage, jsonBody, type Route, readJson, route } from '../../src/sdk.ts'
import { type RecordingService, readProblem, requireRecording } from '../c3d-reader/index.ts'
import { PatientCode, type PatientStore, requirePatient } from '../clinical-records/index.ts'
import { calibrateRecording } from './calibration/from-recording.ts'
import { previewCalibration } from './calibration/preview.ts'
import { enterManual } from './manual.ts'
import { pseudonymousRecord, pseudonymousResolution } from './pseudonymous.ts'
import { MvcRecordSchema } from './records/record.ts'
import {
  CalibrationAnswer,
  CalibrationBody,
  HistoryPage,
  HistoryQuery,
  ManualMvcBody,
  MvcDefaultsSchema,
  MvcValuesQuery,
  PatientMvcSchema,
  PreviewAnswer,
  PreviewBody,
} from './schema.ts'
import type { MvcService } from './service.ts'

const params = v.object({ code: PatientCode })
const malformed = { description: 'The body is malformed' }
const noPatient = { description: 'PATIENT_NOT_FOUND' }

export const mvcRoutes = (
  service: MvcService,
  patients: PatientStore,
  recordings: RecordingService,
  clock: Clock,
): Route[] => [
  route({
    method: 'get',
    path: '/api/patients/{code}/mvc',
    summary: 'MVC values in force, for each muscle and side',
    policy: 'mvc:read',
    concerns: { patient: 'code' },
    params,
    query: MvcValuesQuery,
    answers: {
      200: { description: 'Values with source, confidence and age', schema: PatientMvcSchema },
      404: noPatient,
    },
    async handle({ c, viewer, params: { code }, query: { at = new Date(clock.now()) } }) {
      const patient = await requirePatient(patients, code)
      const { value, ...provenance } = await service.ofPatient(patient, at)
      const answer = {
        patientCode: code,
        at: value.at.toISOString(),
        validityDays: service.limits.validityDays,
        items: viewer.pseudonymous ? value.items.map(pseudonymousResolution) : value.items,
      }
      return c.json(answer, 200, { ...cacheHeaders(provenance), 'cache-control': 'private, no-cache' })
    },
  }),
  route({
    method: 'post',
    path: '/api/patients/{code}/mvc',
    summary: 'Enter a value by hand, or withdraw the one in force',
    policy: 'mvc:write',
    concerns: { patient: 'code' },
    params,
    body: jsonBody(ManualMvcBody),
    answers: {
      201: { description: 'Entered', schema: MvcRecordSchema },
      400: malformed,
      404: noPatient,
      409: { description: 'NO_MANUAL_MVC: there is nothing to withdraw' },
      422: { description: 'MVC_IMPLAUSIBLE or VALIDITY_EMPTY' },
    },
    async handle({ c, params: { code } }) {
      const entry = await readJson(c, ManualMvcBody)
      return c.json(await enterManual(service, await requirePatient(patients, code), entry), 201)
    },
  }),
  route({
    method: 'get',
    path: '/api/patients/{code}/mvc/history',
    summary: 'Every record, last entered first',
    policy: 'mvc:read',
    concerns: { patient: 'code' },
    params,
    query: HistoryQuery,
    answers: { 200: { description: 'A page', schema: HistoryPage }, 404: noPatient },
    async handle({ viewer, params: { code }, query: { limit, cursor, muscle, side } }) {
      const patient = await requirePatient(patients, code)
      const rows = await service.history(patient, { limit: limit + 1, before: cursor, muscle, side })
      const { items, nextCursor } = cutPage(rows, limit, ({ entry }) => String(entry))
      const records = items.map(({ record }) => record)
      return { items: viewer.pseudonymous ? records.map(pseudonymousRecord) : records, nextCursor }
    },
  }),
  route({
    method: 'get',
    path: '/api/mvc/defaults',
    summary: 'What is configured for all MVC values, and what one may be',
    policy: 'mvc:read',
    concerns: 'nothing',
    answers: { 200: { description: 'Limits and the default value', schema: MvcDefaultsSchema } },
    async handle({ c }) {
      const { value, ...provenance } = await service.defaults()
      return c.json(value, 200, { ...cacheHeaders(provenance), 'cache-control': 'private, no-cache' })
    },
  }),
  route({
    method: 'post',
    path: '/api/mvc/calibrate',
    summary: 'Calibrate from an MVC recording',
    policy: 'mvc:write',
    // Patient and recording are named by the body.
    concerns: 'filtered',
    body: jsonBody(CalibrationBody),
    answers: {
      201: { description: 'One record for each channel', schema: CalibrationAnswer },
      400: malformed,
      404: { description: 'PATIENT_NOT_FOUND or RECORDING_NOT_FOUND' },
      422: { description: 'CALIBRATION_FAILED, with each channel that gives no MVC; or VALIDITY_EMPTY' },
    },
    async handle({ c, viewer }) {
      const request = await readJson(c, CalibrationBody)
      await viewer.mustSee({ kind: 'patient', id: request.patientCode })
      await viewer.mustSee({ kind: 'recording', id: request.recordingId })
      const patient = await requirePatient(patients, request.patientCode)
      const row = await requireRecording(recordings.store, request.recordingId)
      const recording = await recordings.store.open(row).catch(readProblem)
      const items = await service.append(patient, await calibrateRecording(recording, request))
      return c.json({ items }, 201)
    },
  }),
  route({
    method: 'post',
    path: '/api/mvc/calibrate/preview',
    summary: 'What channels of a recording would calibrate to; nothing is stored',
    policy: 'mvc:write',
    // The recording is named by the body.
    concerns: 'filtered',
    body: jsonBody(PreviewBody),
    answers: {
      200: { description: 'A value or a reason for each channel', schema: PreviewAnswer },
      400: malformed,
      404: { description: 'RECORDING_NOT_FOUND' },
    },
    async handle({ c, viewer }) {
      const { recordingId, channels } = await readJson(c, PreviewBody)
      await viewer.mustSee({ kind: 'recording', id: recordingId })
      const row = await requireRecording(recordings.store, recordingId)
      const recording = await recordings.store.open(row).catch(readProblem)
      return { items: await previewCalibration(recording, channels) }
    },
  }),
]
