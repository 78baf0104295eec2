/** The compiled program with a hostile clinic in it, a browser before it, and a server that nothing may reach. */
import { join } from 'node:path'
import { launchChromium } from '../support/chromium.ts'
import { runCli } from '../support/cli.ts'
import { makeFirstAdmin } from '../support/first-admin.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { clientOf, ended } from './clinic.ts'
import { FILE_NAME, hostileRecording, long, markup, thief } from './hostile-clinic.ts'
import { type Size, startVisit, type Visit } from './visit.ts'
import { COMPILED } from './world.ts'

/** A therapist’s name, a muscle: as long as such may be. */
const NAME = `${markup('name')}`.slice(0, 100)

/** Starts the compiled program with a hostile clinic and a hostile plugin in it, a browser, and a server to be reached. */
export async function startHostileWorld() {
  const outside = { hits: [] as string[] }
  await using stack = new AsyncDisposableStack()
  const other = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => {
      outside.hits.push(new URL(url).pathname)
      return new Response('here', { headers: { 'access-control-allow-origin': '*' } })
    },
  })
  stack.defer(async () => {
    await other.stop(true)
  })
  const data = stack.use(await temporaryFolder('myoserve-hostile-'))
  const sources = stack.use(await temporaryFolder())
  await Bun.write(join(sources.path, 'thief/index.ts'), thief(other.url.href))
  const added = await runCli(COMPILED, ['plugin', 'add', 'thief'], {
    cwd: sources.path,
    env: { MYOSERVE_DATA: data.path },
  })
  if (added.exitCode !== 0) throw new Error(added.stderr)
  const [server, browser] = await Promise.all([
    startTestServer(COMPILED, { data: data.path, env: { ACCESS: 'required' } }),
    launchChromium(),
  ])
  stack.defer(async () => void (await server.kill()))
  stack.defer(() => browser.close())
  const { cookie } = await makeFirstAdmin(server)
  const ask = clientOf(server.url, cookie)
  const targets = [{ muscle: NAME, side: 'left', contractions: 6, durationMs: 1500, mvcPercent: 60 }]
  await ask('POST', '/api/patients', { code: 'P001', therapist: NAME, targets })
  await ask('POST', '/api/patients', { code: 'P002', therapist: long(100) })
  await ask('PUT', '/api/patients/P001/identity', { name: markup('identity').slice(0, 100) })
  for (const text of [`${markup('note')} \u202egnihtyreve`, long(10_000), '🦵'.repeat(5000)])
    await ask('POST', '/api/patients/P001/notes', { text })
  await ask('POST', '/api/patients/P001/mvc', {
    muscle: long(100),
    side: 'left',
    value: 150,
    unit: 'uV',
    recordedBy: NAME,
  })
  await ask('POST', '/api/users', { name: 'mallory', displayName: NAME, roles: ['therapist'] })
  await ask('POST', '/api/keys', { name: NAME.slice(0, 64), permissions: ['recordings:read'] })
  const { rules } = (await ask<{ items: Array<{ rules: unknown }> }>('GET', '/api/scoring/configurations'))
    .items[0] as { rules: unknown }
  await ask('POST', '/api/scoring/configurations', {
    name: NAME,
    description: `${markup('why')} ${long(1900)}`,
    rules,
  })
  const query = new URLSearchParams({ fileName: FILE_NAME })
  const { session, recording } = await ask<{ session: { id: string }; recording: { id: string } }>(
    'POST',
    `/api/patients/P001/recordings?${query}`,
    hostileRecording(),
  )
  const how = await ended(ask, session.id)
  if (how !== 'completed') throw new Error(`the analysis of ${session.id} has ${how}`)
  const owned = stack.move()
  return {
    ...outside,
    other: other.url.href,
    session: `/sessions/${session.id}`,
    recording: `/recordings/${recording.id}`,
    visit: (size: Size, untouched = false): Promise<Visit> =>
      startVisit(browser, server.url, { size, cookie, untouched }),
    url: server.url,
    async [Symbol.asyncDispose]() {
      await owned.disposeAsync()
    },
  }
}
export type HostileWorld = Awaited<ReturnType<typeof startHostileWorld>>
