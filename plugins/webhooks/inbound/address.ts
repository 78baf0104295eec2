/** Where an object is fetched: nowhere but from origins that the operator has named. */
import { Problem } from '../../../src/sdk.ts'
import type { WebhookConfig } from '../settings.ts'
import type { ObjectPlace } from './message.ts'

/** What of the settings says where may be fetched. */
export type FetchSettings = Pick<WebhookConfig, 'origins' | 'objectUrl' | 'objectAuthorization'>

const refused = (detail: string): Problem => new Problem(422, 'FETCH_ORIGIN_REFUSED', detail)

const originOf = (template: string | undefined): string | undefined =>
  template === undefined ? undefined : new URL(template.replaceAll(/\{\w+\}/g, 'x')).origin

/** Whether an origin is one that the operator has named. */
export const isAllowed = ({ origins, objectUrl }: FetchSettings, origin: string): boolean =>
  origins?.includes(origin) === true || origin === originOf(objectUrl)

/** The Authorization header for an origin: the operator's secret is for that of the object URL only. */
export const authorizationFor = (
  { objectUrl, objectAuthorization }: FetchSettings,
  origin: string,
): string | undefined => (origin === originOf(objectUrl) ? objectAuthorization : undefined)

/** Each part of a name by itself: `..` would lead out of the bucket. */
function encodeName(name: string): string {
  const parts = name.split('/')
  if (parts.some((part) => /^\.{0,2}$/.test(part))) {
    throw new Problem(400, 'INVALID_REQUEST', 'name: a part of it is empty, . or ..')
  }
  return parts.map(encodeURIComponent).join('/')
}

/**
 * The URL of an object.
 *
 * @throws {Problem} 422 FETCH_ORIGIN_REFUSED, 422 OBJECT_URL_MISSING where buckets have none, 400 INVALID_REQUEST
 */
export function addressOf(settings: FetchSettings, place: ObjectPlace): URL {
  if ('bucket' in place) {
    const { objectUrl } = settings
    if (objectUrl === undefined) {
      throw new Problem(
        422,
        'OBJECT_URL_MISSING',
        'WEBHOOK_OBJECT_URL does not say where objects are fetched.',
      )
    }
    const parts = { bucket: encodeName(place.bucket), name: encodeName(place.name) }
    return new URL(objectUrl.replaceAll(/\{(bucket|name)\}/g, (_, part) => parts[part as keyof typeof parts]))
  }
  const url = new URL(place.url)
  if (url.username !== '' || url.password !== '') throw refused('A URL must not bear a password.')
  // The origin of a blob: URL is that of the page that made it.
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb || !isAllowed(settings, url.origin))
    throw refused('Nothing is fetched from the origin of this URL.')
  url.hash = ''
  return url
}

const PRINTABLE_PATH = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,1024}$/u

/** The path of a file as its URL has it, readable where that is possible. */
export function pathOf({ pathname }: URL): string {
  try {
    const decoded = decodeURIComponent(pathname)
    if (PRINTABLE_PATH.test(decoded)) return decoded
  } catch {
    // It is shown as it came.
  }
  return pathname.slice(-1024)
}
