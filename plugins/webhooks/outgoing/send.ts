/** Sends one message to a subscriber, without following it anywhere. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { JobFailure } from '../../../src/sdk.ts'
import { publicLookup, TargetRefused, wrongTarget } from './target.ts'

/** A subscriber that takes longer is tried again. */
const ANSWER_MS = 15_000

/** What is sent. */
export interface OutgoingMessage {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function ask(
  url: URL,
  message: OutgoingMessage,
  privateTargets: boolean,
  signal: AbortSignal,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const body = Buffer.from(message.body)
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    agent: false,
    headers: { ...message.headers, 'content-length': body.length },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    ...(privateTargets ? {} : { lookup: publicLookup }),
  })
  request.on('error', reject)
  request.on('response', (response) => {
    resolve(response.statusCode ?? 0)
    // What else it says is of no interest, and may have no end.
    response.on('error', () => undefined)
    request.destroy()
  })
  request.end(body)
  return promise
}

/**
 * @throws {JobFailure} TARGET_NOT_ALLOWED, SUBSCRIBER_GONE, SUBSCRIBER_REFUSED, SUBSCRIBER_UNREACHABLE; it has no cause,
 *   since that of a connection would pass for one of the database
 */
export async function send(
  message: OutgoingMessage,
  privateTargets: boolean,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(message.url)
  // The setting may be another one than when it was entered.
  const wrong = wrongTarget(url, privateTargets)
  if (wrong !== undefined) throw new JobFailure('TARGET_NOT_ALLOWED', wrong, { retry: false })
  let status: number
  try {
    status = await ask(url, message, privateTargets, signal)
  } catch (error) {
    if (signal.aborted) throw error
    throw error instanceof TargetRefused
      ? new JobFailure(error.code, 'The name of the subscriber is that of a private address.', {
          retry: false,
        })
      : new JobFailure('SUBSCRIBER_UNREACHABLE', 'The subscriber could not be reached, or did not answer.')
  }
  if (status === 410) {
    throw new JobFailure('SUBSCRIBER_GONE', 'The subscriber says that it is gone.', { retry: false })
  }
  if (status < 200 || status > 299) {
    throw new JobFailure('SUBSCRIBER_REFUSED', `The subscriber answered with status ${status}.`)
  }
}
