/** Lab software that is told of analyses, by a running server. */
import { expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { file, inTurn, type Answer as Reply, status } from './origin.ts'
import { now, recording, until, type World } from './world.ts'

interface Subscription {
  readonly id: string
  readonly secret?: string
  readonly events: readonly string[]
  readonly active: boolean
  readonly lastDeliveredAt: string | null
  readonly lastFailureCode: string | null
  readonly version: number
  readonly code?: string
}
interface Job {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly errorCode: string | null
}
interface Message {
  readonly id: string
  readonly event: string
  readonly occurredAt: string
  readonly data: Readonly<Record<string, string>>
}

const PATH = '/api/webhooks/subscriptions'

export function outgoingTests(world: World): void {
  const subscribe = async (path: string, reply: Reply, more: object = {}) =>
    (await world.ask<Subscription>('POST', PATH, { url: world.origin.at(path, reply), ...more })).body
  const requestsTo = (path: string) =>
    world.origin.requests.filter((each) => each.startsWith(`POST ${path} `))
  const jobs = async (state: string) =>
    (
      await world.ask<{ items: readonly Job[] }>(
        'GET',
        `/api/jobs?plugin=webhooks&name=notify-subscriber&state=${state}`,
      )
    ).body.items
  const unsubscribe = (...all: readonly Subscription[]) =>
    Promise.all(all.map(({ id }) => world.ask('DELETE', `${PATH}/${id}`)))

  let files = 0
  /** Has a recording analysed; answers its session. */
  const analyse = async (bytes: Uint8Array = recording()) => {
    const url = world.origin.at(`/P001/told-${++files}.c3d`, file(bytes))
    return world.deliver({ url })
  }

  test('a subscriber is told, signed with its secret, of nobody by name', async () => {
    const subscription = await subscribe('/lab', status('204 No Content'))
    const { sessionId, recordingId } = await analyse()
    const request = await until(async () => requestsTo('/lab')[0])
    const [head = '', body = ''] = request.split('\r\n\r\n')
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
    const time = header('x-myoserve-timestamp')
    expect(Math.abs(Number(time) - now())).toBeLessThan(30)
    const mac = createHmac('sha256', subscription.secret ?? '')
      .update(`${time}.${body}`)
      .digest('hex')
    expect(header('x-myoserve-signature')).toBe(`v1=${mac}`)
    const message = JSON.parse(body) as Message
    expect([header('x-myoserve-event'), header('x-myoserve-event-id')]).toEqual([message.event, message.id])
    expect(message).toEqual({
      id: expect.any(String),
      event: 'analysis.completed',
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      data: {
        sessionId: sessionId ?? '',
        patientCode: 'P001',
        recordingId: recordingId ?? '',
        analysisId: expect.any(String),
      },
    })
    const seen = await until(async () => {
      const { body: shown } = await world.ask<Subscription>('GET', `${PATH}/${subscription.id}`)
      return shown.lastDeliveredAt !== null && shown
    })
    expect(seen.lastFailureCode).toBeNull()
    await unsubscribe(subscription)
  })

  test('one that is busy is told again, with the same message; one that sends on is not followed', async () => {
    const busy = await subscribe('/busy', inTurn(status('503 Busy'), status('200 OK')))
    const elsewhere = await subscribe('/moved', status('307 Moved', { location: '/elsewhere' }))
    await analyse()
    await until(async () => requestsTo('/busy').length === 2)
    const ids = requestsTo('/busy').map((each) => (JSON.parse(each.split('\r\n\r\n')[1] ?? '') as Message).id)
    expect(new Set(ids).size).toBe(1)
    const waiting = await until(async () =>
      (await jobs('waiting')).find(({ errorCode }) => errorCode !== null),
    )
    expect(waiting).toMatchObject({ errorCode: 'SUBSCRIBER_REFUSED' })
    expect(requestsTo('/elsewhere')).toEqual([])
    await unsubscribe(busy, elsewhere)
  })

  test('one that is gone is a failed job, which can be tried again', async () => {
    const gone = await subscribe('/gone', inTurn(status('410 Gone'), status('200 OK')))
    await analyse()
    const [failed] = await until(async () => {
      const all = await jobs('failed')
      return all.length > 0 && all
    })
    expect(failed).toMatchObject({ errorCode: 'SUBSCRIBER_GONE', attempts: 1 })
    expect((await world.ask('POST', `/api/jobs/${failed?.id}/retry`)).status).toBe(200)
    await until(async () => requestsTo('/gone').length === 2)
    await unsubscribe(gone)
  })

  test('one is told of what it wants, while it is active', async () => {
    const all = [
      await subscribe('/completed', status('200 OK'), { events: ['analysis.completed'] }),
      await subscribe('/failed', status('200 OK'), { events: ['analysis.failed', 'analysis.failed'] }),
      await subscribe('/paused', status('200 OK')),
    ]
    const [, only, paused] = all
    expect(only?.events).toEqual(['analysis.failed'])
    const changed = await world.ask<Subscription>('PATCH', `${PATH}/${paused?.id}`, { active: false })
    expect([changed.body.active, changed.headers.get('etag')]).toEqual([false, '"v2"'])
    await analyse()
    await until(async () => requestsTo('/completed').length === 1)
    expect([requestsTo('/failed').length, requestsTo('/paused').length]).toEqual([0, 0])
    await unsubscribe(...all)
  })

  test('a secret is shown once, may be brought along, and is nowhere after that', async () => {
    const made = await subscribe('/secret', status('200 OK'))
    expect(made.secret).toMatch(/^[\w-]{43}$/)
    const brought = await subscribe('/brought', status('200 OK'), { secret: 'sixteen characters' })
    expect(brought.secret).toBe('sixteen characters')
    const shown = await Promise.all(
      [PATH, `${PATH}/${made.id}`, `${PATH}/${brought.id}`].map((path) => world.ask('GET', path)),
    )
    expect(JSON.stringify(shown.map(({ body }) => body))).not.toContain('secret":')
    await unsubscribe(made, brought)
    expect((await world.ask<Subscription>('GET', `${PATH}/${made.id}`)).body.code).toBe(
      'SUBSCRIPTION_NOT_FOUND',
    )
  })
}
