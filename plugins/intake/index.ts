/** The ways in: uploads of a patient, a watched folder, the import of a whole archive. */
import { resolve } from 'node:path'
import * as v from 'valibot'
import { definePlugin, duration, type Logger, optionalSetting, setting } from '../../src/sdk.ts'
import c3dReader, { type RecordingFormats } from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import { createIntake, type Intake } from './accept.ts'
import { type FolderWatch, watchFolder } from './folder/watch.ts'
import { importCommand } from './import/command.ts'
import { intakeRoutes } from './routes.ts'

export type { Accepted, Arrival, Intake } from './accept.ts'

/** What the plugin keeps between its start and its stop. */
interface IntakeService extends Intake {
  readonly formats: RecordingFormats
  readonly log: Logger
  /** The watched folder, if any. */
  readonly folder: string | undefined
  readonly settleMs: number
  watch?: FolderWatch | undefined
}

export default definePlugin({
  name: 'intake',
  version: '1.0.0',
  host: '^1',
  summary: 'Takes recordings in: for a patient, from a watched folder, from an archive',
  needs: { recordings: c3dReader, records: clinicalRecords },
  config: v.object({
    watch: optionalSetting(v.pipe(v.string(), v.minLength(1)), {
      summary: 'Folder that recordings are taken in from as they come',
      allowed: 'the path of a folder',
      env: 'MYOSERVE_WATCH',
      flag: 'watch',
    }),
    settle: setting(v.pipe(duration, v.minValue(100)), '3s', {
      summary: 'How long a file of the watched folder has to stay as it is to be whole',
      allowed: 'a duration such as 3s, of 100ms or more',
    }),
  }),
  permissions: [{ name: 'intake:write', summary: 'Upload recordings of a patient', roles: ['therapist'] }],
  setup: ({ config, log, needs: { recordings, records } }): IntakeService => ({
    ...createIntake(recordings, records),
    formats: recordings.formats,
    log,
    folder: config.watch && resolve(config.watch),
    settleMs: config.settle,
  }),
  async start(service) {
    const { folder, settleMs, formats, log } = service
    if (folder === undefined) return
    service.watch = await watchFolder({
      folder,
      settleMs,
      extensions: () => formats.list().flatMap(({ extensions }) => [...extensions]),
      intake: service,
      log,
    })
  },
  async stop(service) {
    await service.watch?.stop()
    service.watch = undefined
  },
  routes: (service) => intakeRoutes(service),
  commands: ({ formats }) => [importCommand(formats)],
  health({ watch }) {
    const trouble = watch?.state.trouble
    return trouble === undefined
      ? { status: 'ok' }
      : { status: 'degraded', reason: `nothing is taken in from the watched folder: ${trouble}` }
  },
  metrics: ({ watch }) =>
    watch
      ? [
          {
            name: 'myoserve_intake_watched_files_total',
            help: 'Files of the watched folder since the start, by what became of them.',
            type: 'counter',
            samples: [
              { labels: { outcome: 'done' }, value: watch.state.done },
              { labels: { outcome: 'failed' }, value: watch.state.failed },
            ],
          },
        ]
      : [],
})
