/** The audit log of whole servers: killed while entries wait, two on one database, examined by the commands. */
import { describe, expect, test } from 'bun:test'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connectDatabase } from '../../src/database/connection.ts'
import { until } from '../support/audit.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

const MARK = 'Zarathustra'

const send = (server: TestServer, method: string, path: string, body?: unknown, headers = {}) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

/** Sends a name to wherever one can be sent: some of it is taken, some refused. */
async function sendMarks(server: TestServer): Promise<void> {
  const mark = encodeURIComponent(MARK)
  await send(server, 'PATCH', '/api/patients/P001', { therapist: MARK })
  await send(server, 'POST', '/api/patients/P001/notes', { text: `${MARK} came late` })
  await send(server, 'POST', '/api/sessions', { patientCode: 'P001', startedAt: MARK, notes: MARK })
  await send(server, 'POST', '/api/patients', { code: MARK, [MARK]: MARK })
  await send(server, 'POST', '/api/patients', `{"therapist": ${MARK}`)
  await send(server, 'POST', `/api/recordings?fileName=${mark}.c3d`, MARK, { 'x-file-name': `${MARK}.c3d` })
  for (const path of [
    `patients/${mark}`,
    `sessions/${mark}`,
    `recordings/${mark}/signals`,
    `patients?q=${mark}`,
  ]) {
    await send(server, 'GET', `/api/${path}`, undefined, { 'user-agent': MARK, referer: `http://x/${mark}` })
  }
}

describe.each(TARGETS)('$name', (target) => {
  test.skipIf(target.missing !== undefined)(
    `what was answered is in the log, whoever is killed when; the commands tell what is wrong${target.missing ? `: ${target.missing}` : ''}`,
    async () => {
      await using opened = new AsyncDisposableStack()
      const databases = await startTestDatabases()
      opened.defer(databases.stop)
      const url = await databases.create()
      const { sql, close } = connectDatabase({ url })
      opened.defer(close)
      const [one, two] = [opened.use(await temporaryFolder()), opened.use(await temporaryFolder())]
      const env = { DATABASE_URL: url }
      const audit = (folder: string, ...args: string[]) =>
        runCli(target, ['audit', ...args, '--data', folder], { env })

      // Killed with a change that is not sealed and a journal that is full.
      let server = await startTestServer(target, { data: one.path, env })
      expect((await send(server, 'POST', '/api/patients', { code: 'P001' })).status).toBe(201)
      await sendMarks(server)
      const reads = await Promise.all(
        Array.from({ length: 30 }, () => send(server, 'GET', '/api/patients/P001')),
      )
      await server.kill('SIGKILL')
      expect((await readdir(join(one.path, 'audit'))).some((name) => name.startsWith('journal-'))).toBe(true)
      const written = server.log()
      server = await startTestServer(target, { data: one.path, env })
      opened.defer(async () => void (await server.kill()))
      const ids = reads.map(({ headers }) => headers.get('x-request-id'))
      const found = () =>
        sql`select request_id from myoserve.audit_log where request_id = any(${ids}) and seq is not null`
      await until(async () => (await found()).length === 30, 'reads of before the kill')

      // A second node on the same chain.
      const other = await startTestServer(target, { data: two.path, env })
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          send(i % 2 ? server : other, 'POST', '/api/patients', { code: `P1${String(i).padStart(2, '0')}` }),
        ),
      )
      await other.kill()
      const [{ entries = 0 } = {}] = await sql`select count(*)::int as entries from myoserve.audit_log
        where route = 'POST /api/patients' and outcome = 'done'`
      expect(entries).toBe(21)
      for (const folder of [one.path, two.path]) {
        const verified = await audit(folder, 'verify')
        expect([verified.exitCode, verified.stdout]).toEqual([
          0,
          expect.stringContaining('The audit log is whole'),
        ])
      }

      // No name that was sent stands in either log, but where it was to be stored.
      const [{ names = 0 } = {}] =
        await sql`select count(*)::int as names from clinical_records.clinical_notes`
      expect(names).toBe(1)
      const dump = await sql`select a::text as line from myoserve.audit_log a`
      expect(dump.length).toBeGreaterThan(60)
      expect(dump.filter(({ line }) => (line as string).includes(MARK))).toEqual([])
      expect(written + server.log()).not.toContain(MARK)

      // What somebody with the rights of the database has done.
      await sql`alter table myoserve.audit_log disable trigger all`
      await sql`update myoserve.audit_log set actor = 'nobody' where seq = 3`
      await sql`alter table myoserve.audit_log enable trigger all`
      const broken = await audit(one.path, 'verify')
      expect([broken.exitCode, broken.stderr]).toEqual([
        65,
        expect.stringMatching(/not whole: Entry 3 .* was changed/),
      ])
      await rm(join(one.path, 'audit', 'head.json'))
      const told = await runCli(target, ['doctor', '--json', '--data', one.path], { env })
      const { findings } = JSON.parse(told.stdout) as {
        findings: Array<{ examination: string; sentence: string }>
      }
      expect(findings.filter(({ examination }) => examination === 'audit')).toMatchObject([
        { level: 'fault', sentence: expect.stringContaining('Entry 3') },
        { level: 'warning', sentence: expect.stringContaining('There is no') },
      ])
    },
  )
})
