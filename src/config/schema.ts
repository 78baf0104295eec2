/** The host's own settings, in one schema. Plugins bring a section of their own under their name. */
import * as v from 'valibot'
import { isLoopback } from './loopback.ts'
import { optionalSetting, setting, toggle, wholeNumber } from './setting.ts'

const url = (...schemes: string[]) =>
  v.pipe(
    v.string(),
    v.check((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))),
  )

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

export const HostConfig = v.object({
  host: setting(v.pipe(v.string(), v.check(isLoopback)), '127.0.0.1', {
    summary: 'Address to listen on',
    allowed: 'a loopback address, as there is no access control yet: 127.0.0.1, ::1 or localhost',
    env: 'HOST',
  }),
  port: setting(wholeNumber(0, 65535), 8080, {
    summary: 'Port to listen on; 0 takes a free one',
    allowed: 'a whole number from 0 to 65535',
    env: 'PORT',
  }),
  data: optionalSetting(v.pipe(v.string(), v.nonEmpty()), {
    summary: 'Data folder',
    allowed: 'the path of a folder',
    env: 'MYOSERVE_DATA',
  }),
  databaseUrl: optionalSetting(url('postgres', 'postgresql'), {
    summary: 'PostgreSQL server to use instead of the embedded one',
    allowed: 'a URL like postgres://user:password@host:5432/database',
    env: 'DATABASE_URL',
    secret: true,
  }),
  autoMigrate: toggle(true, {
    summary: 'Apply pending migrations when the server starts',
    env: 'MYOSERVE_AUTO_MIGRATE',
  }),
  logLevel: setting(v.picklist(LOG_LEVELS), 'info', {
    summary: 'Least severity that is logged',
    allowed: LOG_LEVELS.join(', '),
    env: 'LOG_LEVEL',
  }),
})

export type HostConfig = v.InferOutput<typeof HostConfig>
