/** The settings of the plugin. */
import * as v from 'valibot'
import { byteSize, duration, optionalSetting, setting, toggle } from '../../src/sdk.ts'

const secret = v.pipe(v.string(), v.minLength(8))
const SECRET = 'a secret of 8 characters or more; 32 random ones are meant'

/** Words parted by commas, or a list of the file. */
const words = v.pipe(
  v.union([v.array(v.string()), v.string()]),
  v.transform((given) =>
    (typeof given === 'string' ? given.split(',') : given).map((word) => word.trim()).filter(Boolean),
  ),
)

/** Scheme, host and port, and nothing behind them. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin, href } = new URL(text)
  return /^https?:$/.test(protocol) && href === `${origin}/`
}

const origins = v.pipe(
  words,
  v.check((list) => list.every(isOrigin)),
  v.transform((list) => list.map((text) => new URL(text).origin)),
)

const objectUrl = v.pipe(
  v.string(),
  v.check((text) => {
    const filled = text.replace('{bucket}', 'b').replace('{name}', 'n')
    return /^https?:\/\/[^{}]+\/.*\{name\}/.test(text) && URL.canParse(filled)
  }),
)

/** The section `webhooks` of the configuration. */
export const WebhookConfig = v.object({
  secret: optionalSetting(secret, {
    summary: 'Secret that senders of webhooks sign with; without it none is taken',
    allowed: SECRET,
    env: 'WEBHOOK_SECRET',
    secret: true,
  }),
  previousSecret: optionalSetting(secret, {
    summary: 'Secret that is taken too, while senders change to the new one',
    allowed: SECRET,
    env: 'WEBHOOK_PREVIOUS_SECRET',
    secret: true,
  }),
  supabaseSignature: toggle(false, {
    summary: 'Take webhooks that bear x-supabase-signature too, which names no time',
    env: 'WEBHOOK_SUPABASE_SIGNATURE',
  }),
  origins: optionalSetting(origins, {
    summary: 'Origins that announced recordings may be fetched from; absent: none',
    allowed: 'origins such as https://storage.example, parted by commas',
    env: 'WEBHOOK_ORIGINS',
  }),
  objectUrl: optionalSetting(objectUrl, {
    summary: 'Where an object of a bucket is to be fetched; its origin is one that may be fetched from',
    allowed: 'a URL such as https://storage.example/object/{bucket}/{name}',
    env: 'WEBHOOK_OBJECT_URL',
  }),
  objectAuthorization: optionalSetting(v.pipe(v.string(), v.regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/)), {
    summary: 'Authorization header that is sent to the origin of the object URL, and to no other',
    allowed: 'the value of the header, such as Bearer TOKEN',
    env: 'WEBHOOK_OBJECT_AUTHORIZATION',
    secret: true,
  }),
  buckets: optionalSetting(words, {
    summary: 'Buckets whose objects are recordings; absent: all',
    allowed: 'names parted by commas',
    env: 'WEBHOOK_BUCKETS',
  }),
  maxBytes: setting(byteSize, '1GiB', {
    summary: 'Largest recording that is fetched',
    allowed: 'an amount of bytes such as 64MiB',
    env: 'WEBHOOK_MAX_BYTES',
  }),
  fetchTimeLimit: setting(v.pipe(duration, v.minValue(100), v.maxValue(1_800_000)), '2min', {
    summary: 'Longest that one fetch of a recording may take',
    allowed: 'a time from 100ms to 30min',
    env: 'WEBHOOK_FETCH_TIME_LIMIT',
  }),
  retention: optionalSetting(v.pipe(duration, v.minValue(86_400_000)), {
    summary: 'How long deliveries are kept that have ended; absent: for ever',
    allowed: 'a time in days such as 90d',
    env: 'RETENTION_DELIVERIES',
  }),
  privateTargets: toggle(false, {
    summary: 'Tell subscribers at private addresses too, and over plain http',
    env: 'WEBHOOK_PRIVATE_TARGETS',
  }),
})

/** The settings as they are read. */
export type WebhookConfig = v.InferOutput<typeof WebhookConfig>
