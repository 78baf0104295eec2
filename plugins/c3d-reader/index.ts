/** Recordings: reads them, stores them, serves them. */
import * as v from 'valibot'
import recordingsMigration from '../../drizzle/c3d-reader/0000_recordings.sql' with { type: 'text' }
import uploadersMigration from '../../drizzle/c3d-reader/0001_uploaders.sql' with { type: 'text' }
import removedBlobsMigration from '../../drizzle/c3d-reader/0002_removed_blobs.sql' with { type: 'text' }
import { byteSize, definePlugin, namespace, SYSTEM, setting, toggle } from '../../src/sdk.ts'
import { c3dFormat } from './c3d-format.ts'
import { inspectCommand } from './commands/inspect.ts'
import { sampleCommand } from './commands/sample.ts'
import { formatContributions } from './contributions.ts'
import { createFormats, type RecordingFormats } from './formats.ts'
import { type CachedRecordings, cachedRecordings } from './recordings/cached.ts'
import { recordingStored } from './recordings/events.ts'
import { recordingExaminations } from './recordings/examine.ts'
import { createReading, READ, type ReadJob, runReadJob } from './recordings/reading.ts'
import { createRecordingRemoval, type RecordingRemoval } from './recordings/removal.ts'
import { recordingRoutes } from './recordings/routes.ts'
import { StoredRecording } from './recordings/schema.ts'
import { createRecordingStore, type RecordingStore } from './recordings/store.ts'
import { recordings, recordingUploaders, removedBlobs } from './recordings/tables.ts'
import { createRecordingVisibility, type RecordingVisibility } from './recordings/visibility.ts'
import { sampleRecordings } from './samples/index.ts'

export {
  builtInOwner,
  idOf,
  Line,
  type Owner,
  type PluginStamp,
  PluginStampSchema,
  quarantineSentence,
  requireShape,
  stampOf,
} from './contribution.ts'
export { readRecordingFile, recogniseFile, reportUnreadable, requireFiles } from './files.ts'
export { patientInPath } from './origin/file-name.ts'
export { type RecordingStart, type StartBasis, type StartSources, startOf } from './origin/start.ts'
export { PSEUDONYMISED, pseudonymousDescription, requireNames, Withheld } from './pseudonymous.ts'
export {
  type FormatSignature,
  isUnreadable,
  type Recording,
  type RecordingChannel,
  type RecordingDescription,
  type RecordingFormat,
  type RecordingWarning,
  readProblem,
  UnreadableRecording,
} from './recording.ts'
export { recordingStored } from './recordings/events.ts'
export { recordingMissing, requireRecording, uploadProblem } from './recordings/routes.ts'
export { RecordingId, RecordingResource, type RecordingRow, resourceOf } from './recordings/schema.ts'
export type { AlongRecording, RecordingFilter, StoredUpload, Upload } from './recordings/store.ts'
export { receiveUpload, UPLOAD_BODY, type UploadedFile } from './recordings/upload.ts'
export type { RecordingOwners, RecordingUser, RecordingVisibility } from './recordings/visibility.ts'
export type { CachedRecordings, RecordingFormats, RecordingStore }

/** What other plugins may do with recordings. */
export interface RecordingService {
  /** The formats that are read; plugins add theirs while they are set up. */
  readonly formats: RecordingFormats
  readonly store: CachedRecordings
  /** Who may see which. */
  readonly visibility: RecordingVisibility
  /** Whether the sample recordings are put into the store at start. */
  readonly withSamples: boolean
  readonly removal: RecordingRemoval
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

export default definePlugin({
  name: 'c3d-reader',
  version: '1.0.0',
  host: '^1',
  summary: 'Reads C3D recordings, stores them by content, and serves them',
  essential: true,
  config: v.object({
    maxBytes: setting(byteSize, '1GiB', {
      summary: 'Largest recording that is accepted',
      allowed: 'an amount of bytes such as 512MiB',
      env: 'MAX_RECORDING_BYTES',
    }),
    samples: toggle(false, {
      summary: 'Put the sample recordings into the store at start',
      flag: 'samples',
      env: 'MYOSERVE_SAMPLES',
    }),
  }),
  tables: { recordings, recordingUploaders, removedBlobs },
  migrations: [
    { id: '0000_recordings', sql: recordingsMigration },
    { id: '0001_uploaders', sql: uploadersMigration },
    { id: '0002_removed_blobs', sql: removedBlobsMigration },
  ],
  permissions: [
    {
      name: 'recordings:read',
      summary: 'See recordings, and what their files say',
      roles: ['therapist', 'researcher'],
    },
    { name: 'recordings:write', summary: 'Upload recordings', roles: ['therapist'] },
  ],
  emits: [recordingStored],
  caches: {
    metadata: namespace({
      key: 'emg_metadata:{fileHash}',
      ttl: '24h',
      // Text, since a JSON column would lose the order of groups and parameters.
      schema: v.string(),
    }),
    // A table of the same database would be no faster to ask than the table itself.
    row: namespace({
      key: 'recording:{recordingId}:row',
      ttl: '24h',
      sharing: 'redis',
      schema: v.nullable(StoredRecording),
    }),
  },
  setup({ config, db, blobs, caches, events, announce, log, workers }): RecordingService {
    const formats = createFormats(c3dFormat)
    const visibility = createRecordingVisibility(db)
    const stored = createRecordingStore({
      db,
      blobs,
      events,
      announce,
      reading: createReading(formats, workers),
      visibility,
      maxBytes: config.maxBytes,
    })
    const store = cachedRecordings(stored, caches)
    const removal = createRecordingRemoval(db, blobs, log)
    return { formats, store, visibility, removal, withSamples: config.samples }
  },
  lend: (service, borrower) => ({ ...service, formats: service.formats.lendTo(borrower) }),
  async start({ store, removal, withSamples }) {
    await removal.sweep()
    if (!withSamples) return
    for (const sample of sampleRecordings()) {
      await store.add({ bytes: once(sample.bytes()), fileName: sample.fileName, by: SYSTEM })
    }
  },
  routes: ({ store, formats }) => recordingRoutes(store, formats),
  tasks: ({ formats }) => ({ [READ]: (job) => runReadJob(formats, job as ReadJob) }),
  contributions: ({ formats }) => formatContributions(formats),
  async erase({ removal }, { recordingIds }, work) {
    for (const id of recordingIds) await removal.remove(id, work)
    return []
  },
  examine: () => recordingExaminations,
  commands: ({ formats }) => [inspectCommand(formats), sampleCommand],
  links: () => [{ label: 'Recordings', path: '/api/recordings' }],
})
