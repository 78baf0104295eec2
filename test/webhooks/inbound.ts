/** Announced recordings, on a running server: who may announce, what is fetched, and what comes of it. */
import { describe, expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { cut, endless, file, inTurn, promise, status } from './origin.ts'
import {
  now,
  PREVIOUS,
  recording,
  SECRET,
  type Status,
  sha256Of,
  signedBy,
  until,
  type World,
} from './world.ts'

interface Page<T> {
  readonly items: readonly T[]
}
interface Session {
  readonly id: string
  readonly status: string
  readonly recordingId: string | null
  readonly startedAtBasis: string
  readonly failure: { readonly code: string } | null
}

const own = (body: string): string => createHmac('sha256', SECRET).update(body).digest('hex')

export function inboundTests(world: World): void {
  /** A message about an object that is there. */
  const announced = (path: string, bytes = recording()) => ({ url: world.origin.at(path, file(bytes)) })
  const sessionsOf = async (patientCode: string) =>
    (await world.ask<Page<Session>>('GET', `/api/sessions?patientCode=${patientCode}&limit=200`)).body.items
  const refusal = async (message: unknown, headers?: Record<string, string>) => {
    const { status: code, body } = await world.send(message, headers)
    return [code, body.code]
  }

  describe('a message', () => {
    test('that is signed is answered with where to look, and its recording is analysed', async () => {
      const bytes = recording()
      const message = { ...announced('/P001/gait.c3d', bytes), sha256: sha256Of(bytes), size: bytes.length }
      const { status: code, headers, body } = await world.send(message)
      expect([code, headers.get('location')]).toEqual([202, body.statusUrl])
      expect(body.statusUrl).toBe(`/api/webhooks/storage/status/${body.id}`)
      const over = await world.over(body.id)
      expect(over).toMatchObject({ status: 'completed', patientCode: 'P001', sessionStatus: 'completed' })
      const stored = await world.ask<Record<string, unknown>>('GET', `/api/recordings/${over.recordingId}`)
      expect(stored.body).toMatchObject({ sha256: sha256Of(bytes), fileName: 'gait.c3d' })
      expect((await world.ask('GET', `/api/jobs/${body.jobId}`)).body).toMatchObject({ state: 'completed' })
    })

    test('is refused without a signature, with one of another secret, body or time', async () => {
      const body = JSON.stringify(announced('/never.c3d'))
      const good = signedBy(SECRET, body)
      const invalid = [401, 'WEBHOOK_SIGNATURE_INVALID']
      expect(await refusal(body, {})).toEqual(invalid)
      expect(await refusal(body, signedBy('another secret', body))).toEqual(invalid)
      expect(await refusal(`${body} `, good)).toEqual(invalid)
      const earlier = String(Number(good['x-myoserve-timestamp']) - 1)
      expect(await refusal(body, { ...good, 'x-myoserve-timestamp': earlier })).toEqual(invalid)
      expect(await refusal(body, { ...good, 'x-myoserve-timestamp': 'now' })).toEqual(invalid)
      expect(await refusal(body, { ...good, 'x-myoserve-signature': 'v1=' })).toEqual(invalid)
      expect(
        await refusal(body, {
          ...good,
          'x-myoserve-signature': good['x-myoserve-signature']?.slice(3) ?? '',
        }),
      ).toEqual(invalid)
      for (const aside of [-310, 310]) {
        const aged = signedBy(SECRET, body, now() + aside)
        expect(await refusal(body, aged)).toEqual([401, 'WEBHOOK_EXPIRED'])
      }
      expect(world.origin.requests.some((request) => request.includes('/never.c3d'))).toBe(false)
    })

    test('is refused for its signature before anybody has parsed it', async () => {
      expect(await refusal('{"', {})).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID'])
      expect(await refusal('{"')).toEqual([400, 'BAD_JSON'])
      expect(await refusal('[]')).toEqual([400, 'INVALID_REQUEST'])
      expect(await refusal({ name: 'gait.c3d' })).toEqual([400, 'INVALID_REQUEST'])
      expect(await refusal({ ...announced('/x.c3d'), bucket: 'recordings' })).toEqual([
        400,
        'INVALID_REQUEST',
      ])
      expect(await refusal({ ...announced('/x.c3d'), patientCode: 'Smith' })).toEqual([
        400,
        'INVALID_REQUEST',
      ])
      expect(await refusal({ ...announced('/x.c3d'), fileName: 'a\u0000b' })).toEqual([
        400,
        'INVALID_REQUEST',
      ])
      expect(await refusal(' '.repeat(70_000))).toEqual([413, 'BODY_TOO_LARGE'])
    })

    test('may bear several signatures, also by the secret before, and is still the same message', async () => {
      const body = JSON.stringify(announced('/rotated.c3d'))
      const at = now()
      const { 'x-myoserve-signature': by = '' } = signedBy(SECRET, body, at)
      const { 'x-myoserve-signature': byPrevious = '', ...time } = signedBy(PREVIOUS, body, at)
      const headers = { ...time, 'x-myoserve-signature': `v0=00, ${byPrevious}, v1=${'0'.repeat(64)}` }
      expect((await world.send(body, headers)).status).toBe(202)
      expect(await refusal(body, { ...time, 'x-myoserve-signature': by })).toEqual([409, 'WEBHOOK_REPLAYED'])
    })

    test('is taken once, however often it comes at once', async () => {
      const body = JSON.stringify(announced('/once.c3d'))
      const headers = signedBy(SECRET, body)
      const answers = await Promise.all(Array.from({ length: 20 }, () => world.send(body, headers)))
      expect(answers.map((each) => each.status).sort()).toEqual([202, ...Array(19).fill(409)])
    })

    test('of Supabase may bear its signature, over the body alone, once', async () => {
      const bytes = recording()
      world.origin.at('/object/recordings/P002/from%20game%20(1).c3d', file(bytes))
      const record = {
        bucket_id: 'recordings',
        name: 'P002/from game (1).c3d',
        metadata: { size: bytes.length },
      }
      const event = { type: 'INSERT', table: 'objects', schema: 'storage', record, old_record: null }
      const body = JSON.stringify(event)
      const { status: code, body: accepted } = await world.send(body, {
        'x-supabase-signature': `sha256=${own(body)}`,
      })
      expect(code).toBe(202)
      expect(await world.over(accepted.id)).toMatchObject({ status: 'completed', patientCode: 'P002' })
      expect(world.origin.requests.find((request) => request.includes('from%20game'))).toContain(
        'Bearer of-the-storage',
      )
      expect(await refusal(body, { 'x-supabase-signature': own(body) })).toEqual([409, 'WEBHOOK_REPLAYED'])
      expect(await refusal(body, { 'x-supabase-signature': own(`${body} `) })).toEqual([
        401,
        'WEBHOOK_SIGNATURE_INVALID',
      ])
    })

    test('that is no news of a recording is answered with why, and leaves nothing', async () => {
      const event = { type: 'INSERT', table: 'objects', schema: 'storage' }
      const record = { bucket_id: 'recordings', name: 'P001/gait.c3d' }
      const before = (await world.sql`select 1 from webhooks.deliveries`).length
      for (const other of [
        { ...event, type: 'DELETE', record: null },
        { ...event, table: 'buckets', record },
        { ...event, record: { ...record, bucket_id: 'avatars' } },
        { ...event, record: { ...record, name: 'P001/photo.jpg' } },
      ]) {
        const { status: code, body } = await world.send<{ ignored: string }>(other)
        expect([code, typeof body.ignored]).toEqual([200, 'string'])
      }
      expect((await world.sql`select 1 from webhooks.deliveries`).length).toBe(before)
    })
  })

  describe('an object', () => {
    test('that is announced ten times, each signed anew, is one recording in one session', async () => {
      const message = announced('/P003/again.c3d')
      const deliveries = await Promise.all(
        Array.from({ length: 10 }, (_, i) => world.deliver({ ...message, fileName: `P003/again ${i}.c3d` })),
      )
      expect(
        new Set(deliveries.map(({ recordingId, sessionId }) => `${recordingId} ${sessionId}`)).size,
      ).toBe(1)
      expect(await sessionsOf('P003')).toHaveLength(1)
    })

    test('is fetched from nowhere but the origins that are named', async () => {
      const port = new URL(world.origin.url).port
      for (const url of [
        'https://elsewhere.example/P001.c3d',
        `http://localhost:${port}/P001.c3d`,
        `http://user:secret@127.0.0.1:${port}/P001.c3d`,
        `https://127.0.0.1:${port}/P001.c3d`,
        `blob:${world.origin.url}/P001.c3d`,
        'file:///etc/passwd',
      ]) {
        expect([url, ...(await refusal({ url }))]).toEqual([url, 422, 'FETCH_ORIGIN_REFUSED'])
      }
      for (const name of ['../secret/a.c3d', 'a//b.c3d', './a.c3d']) {
        expect(await refusal({ bucket: 'recordings', name })).toEqual([400, 'INVALID_REQUEST'])
      }
    })

    test('may be behind a redirect of its own origin, and of no other', async () => {
      const { url } = announced('/moved.c3d')
      world.origin.at('/P001/near.c3d', status('302 Found', { location: '/moved.c3d' }))
      world.origin.at(
        '/P001/far.c3d',
        status('302 Found', { location: url.replace('127.0.0.1', 'localhost') }),
      )
      world.origin.at('/P001/round.c3d', status('307 Again', { location: '/P001/round.c3d' }))
      const at = (path: string) => world.deliver({ url: `${world.origin.url}${path}` })
      const outcomes = await Promise.all(['/P001/near.c3d', '/P001/far.c3d', '/P001/round.c3d'].map(at))
      expect(outcomes.map((each) => each.failure?.code ?? each.status)).toEqual([
        'completed',
        'REDIRECT_REFUSED',
        'REDIRECT_REFUSED',
      ])
    })

    test('that cannot be had says why: in its delivery, its job and a session of its patient', async () => {
      const bytes = recording()
      const sized = (message: object, path: string) => ({ ...announced(path, bytes), ...message })
      const cases: ReadonlyArray<readonly [string, object]> = [
        ['OBJECT_NOT_FOUND', { url: `${world.origin.url}/gone.c3d` }],
        ['ORIGIN_REFUSED', { url: world.origin.at('/forbidden.c3d', status('403 Forbidden')) }],
        ['RECORDING_TOO_LARGE', { url: world.origin.at('/huge.c3d', promise(2 ** 40)) }],
        ['RECORDING_TOO_LARGE', { url: world.origin.at('/endless.c3d', endless) }],
        ['SIZE_MISMATCH', sized({ size: bytes.length - 1 }, '/less.c3d')],
        ['SIZE_MISMATCH', { url: world.origin.at('/more.c3d', endless), size: 1000 }],
        ['CHECKSUM_MISMATCH', sized({ sha256: '0'.repeat(64) }, '/other.c3d')],
        ['NOT_C3D', { url: world.origin.at('/text.c3d', file(new Uint8Array(2000))) }],
      ]
      const failed = await Promise.all(
        cases.map(([, message], i) => world.deliver({ ...message, fileName: `P004/${i}.c3d` })),
      )
      expect(failed.map(({ failure }) => failure?.code)).toEqual(cases.map(([code]) => code))
      for (const { failure, sessionFailure, sessionStatus, jobId } of failed) {
        expect([sessionStatus, sessionFailure]).toEqual(['failed', failure])
        expect(failure?.reason).toMatch(/^[A-Z].*\.$/)
        const job = await until(async () => {
          const { body } = await world.ask<{ state: string; errorCode: string }>('GET', `/api/jobs/${jobId}`)
          return body.state === 'failed' && body
        })
        expect(job.errorCode).toBe(failure?.code as string)
      }
      const listed = await world.ask<Page<Status>>(
        'GET',
        '/api/webhooks/storage/deliveries?status=failed&limit=200',
      )
      expect(listed.body.items.map(({ id }) => id)).toEqual(
        expect.arrayContaining(failed.map(({ id }) => id)),
      )
      const blobs = await world.sql`select 1 from c3d_reader.recordings where sha256 = ${sha256Of(bytes)}`
      expect(blobs).toHaveLength(0)
    })

    test('of a patient that nobody knows fails without a session', async () => {
      const failed = await world.deliver(announced('/P900/gait.c3d'))
      expect(failed).toMatchObject({ failure: { code: 'PATIENT_NOT_FOUND' }, sessionId: null })
    })

    test('that comes in the end has one session, the one that has said it was missing', async () => {
      const url = `${world.origin.url}/P002/late.c3d`
      const before = await sessionsOf('P002')
      const first = await world.deliver({ url })
      const second = await world.deliver({ url, fileName: 'P002/second.c3d' })
      expect([first.failure?.code, second.sessionId]).toEqual(['OBJECT_NOT_FOUND', first.sessionId as string])
      const bytes = recording()
      world.origin.at('/P002/late.c3d', file(bytes))
      const third = await world.deliver({ url, fileName: 'P002/third.c3d' })
      expect(third).toMatchObject({
        status: 'completed',
        sessionId: first.sessionId,
        sessionStatus: 'completed',
      })
      // An operator who puts it right may have the failed job run again, too.
      await world.ask('POST', `/api/jobs/${first.jobId}/retry`)
      const again = await until(async () => {
        const { body } = await world.ask<Status>('GET', `/api/webhooks/storage/status/${first.id}`)
        return body.status === 'completed' && body
      })
      expect([again.recordingId, again.sessionId]).toEqual([third.recordingId, third.sessionId])
      expect((await sessionsOf('P002')).length).toBe(before.length + 1)
    })

    test('is tried again where its origin is slow, away, or breaks off', async () => {
      const bytes = recording()
      const troubled = [status('503 Busy'), cut(bytes), promise(bytes.length)].map((trouble, i) =>
        world.origin.at(`/P001/trouble-${i}.c3d`, inTurn(trouble, file(bytes))),
      )
      const had = await Promise.all(troubled.map((url) => world.deliver({ url })))
      expect(had.map((each) => each.status)).toEqual(['completed', 'completed', 'completed'])
      expect(new Set(had.map(({ recordingId }) => recordingId)).size).toBe(1)
    })
  })

  test('what was acknowledged is fetched, though the server is killed at once', async () => {
    const urls = Array.from({ length: 12 }, (_, i) => {
      const bytes = recording()
      const slowly = (...args: Parameters<ReturnType<typeof file>>): void =>
        void setTimeout(() => file(bytes)(...args), 200)
      return world.origin.at(`/P001/kill-${i}.c3d`, slowly)
    })
    const ids: string[] = []
    for (const batch of [urls.slice(0, 6), urls.slice(6)]) {
      const answers = await Promise.all(batch.map((url) => world.send({ url })))
      await world.server().kill('SIGKILL')
      ids.push(...answers.map(({ body }) => body.id))
      await world.start()
    }
    const over = await Promise.all(ids.map(world.over))
    expect(over.map(({ sessionStatus }) => sessionStatus)).toEqual(Array(12).fill('completed'))
    expect(new Set(over.map(({ sessionId }) => sessionId)).size).toBe(12)
  })

  test('messages are forgotten when their age alone has them refused', async () => {
    await world.sql`update webhooks.taken_messages set expires_at = now() - interval '1 s' where expires_at is not null`
    await world.deliver(announced('/forget.c3d'))
    const left = () => world.sql`select 1 from webhooks.taken_messages where expires_at < now()`
    await until(async () => (await left()).length === 0)
    expect((await world.sql`select 1 from webhooks.taken_messages where expires_at is null`).length).toBe(1)
  })
}
