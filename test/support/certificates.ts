/** An authority and certificates for 127.0.0.1, made for one test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const OPENSSL = Bun.which('openssl')

/** To be put behind the name of a test that needs {@link makeCertificates}. */
export const opensslNote = OPENSSL ? '' : ' (skipped: openssl is not installed)'

export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
  remove(): Promise<void>
}

/** Paths of PEM files: an authority of our own, and a certificate it gave to 127.0.0.1, with its key. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-tls-'))
  const path = (name: string): string => join(folder, name)
  const openssl = async (...args: readonly string[]): Promise<void> => {
    const child = Bun.spawn([OPENSSL ?? 'openssl', ...args], {
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'pipe',
    })
    if ((await child.exited) !== 0) throw new Error(await new Response(child.stderr).text())
  }
  const newKey = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '1',
  ] as const
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=test authority',
    '-keyout',
    path('ca.key'),
    '-out',
    path('ca.crt'),
  )
  await openssl(
    ...['req', '-x509', ...newKey, '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-CA', path('ca.crt'), '-CAkey', path('ca.key')],
    ...['-keyout', path('server.key'), '-out', path('server.crt')],
  )
  return {
    ca: path('ca.crt'),
    cert: path('server.crt'),
    key: path('server.key'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export { OPENSSL }
