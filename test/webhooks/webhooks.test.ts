/** Webhooks on a running server: in, out, and what is refused where nobody has set anything. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { runCli } from '../support/cli.ts'
import { TARGETS } from '../support/targets.ts'
import { inboundTests } from './inbound.ts'
import { status } from './origin.ts'
import { outgoingTests } from './outgoing.ts'
import { PREVIOUS, recording, SECRET, startWorld, until, type World } from './world.ts'

setDefaultTimeout(60_000)

const PATH = '/api/webhooks/subscriptions'

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let started: World
  // The tests are declared before there is anything to test.
  const world = new Proxy({} as World, { get: (_, name) => started[name as keyof World] })
  beforeAll(async () => {
    started = await startWorld(target)
    await world.start()
    for (const code of ['P001', 'P002', 'P003', 'P004']) await world.ask('POST', '/api/patients', { code })
  })
  afterAll(async () => {
    expect(await world.stop()).toBe(0)
  })

  describe('a recording that is announced', () => inboundTests(world))
  describe('lab software', () => outgoingTests(world))

  describe('where nothing is set', () => {
    const told = { url: '', byName: '' }
    beforeAll(async () => {
      const { body: at } = await world.ask<{ id: string }>('POST', PATH, {
        url: world.origin.at('/inside', status('200 OK')),
      })
      const { body: named } = await world.ask<{ id: string }>('POST', PATH, {
        url: `${world.origin.url.replace('http://127.0.0.1', 'https://localhost')}/inside`,
      })
      Object.assign(told, { url: at.id, byName: named.id })
      await world.server().kill('SIGKILL')
      await world.start({
        WEBHOOK_SECRET: '',
        WEBHOOK_PREVIOUS_SECRET: '',
        WEBHOOK_PRIVATE_TARGETS: '',
        WEBHOOK_SUPABASE_SIGNATURE: '',
      })
    })

    test('no message is taken', async () => {
      const { status: code, body } = await world.send({ url: `${world.origin.url}/unsigned.c3d` })
      expect([code, body.code]).toEqual([503, 'WEBHOOK_NOT_CONFIGURED'])
    })

    test('nothing is sent inside the clinic', async () => {
      for (const url of [
        'http://lab.example/',
        'https://127.0.0.1/',
        'https://[::1]/',
        'https://10.0.0.1/',
      ]) {
        const { status: code, body } = await world.ask<{ code: string }>('POST', PATH, { url })
        expect([url, code, body.code]).toEqual([url, 422, 'TARGET_NOT_ALLOWED'])
      }
      const upload = await fetch(`${world.server().url}/api/patients/P001/recordings`, {
        method: 'POST',
        body: recording(),
      })
      expect(upload.status).toBe(201)
      for (const id of [told.url, told.byName]) {
        await until(async () => {
          const { body } = await world.ask<{ lastFailureCode: string | null }>('GET', `${PATH}/${id}`)
          return body.lastFailureCode === 'TARGET_NOT_ALLOWED'
        })
      }
      expect(world.origin.requests.filter((each) => each.includes('/inside'))).toEqual([])
    })
  })

  test('secrets are shown to nobody', async () => {
    const { stdout } = await runCli(target, ['config'], {
      env: {
        WEBHOOK_SECRET: SECRET,
        WEBHOOK_PREVIOUS_SECRET: PREVIOUS,
        WEBHOOK_OBJECT_AUTHORIZATION: SECRET,
      },
    })
    expect(stdout.match(/^webhooks\.\w+ +\[redacted\]/gm)).toHaveLength(3)
    expect(stdout.includes(SECRET) || stdout.includes(PREVIOUS)).toBe(false)
  })
})
