/** Where a server listens, and whom it listens to: what would lay patient data open is refused before it starts. */
import { networkInterfaces } from 'node:os'
import { inRanges } from '../config/address.ts'
import { isLoopback } from '../config/loopback.ts'
import type { HostConfig } from '../config/schema.ts'
import { EXIT, Failure } from '../exit.ts'
import type { ProxyTrust } from './client.ts'
import type { Place } from './listen.ts'
import type { TlsFiles } from './tls.ts'

export interface Binding extends Place {
  readonly trust: ProxyTrust | undefined
  /** Whether others than trusted proxies and this machine are turned away: they would speak to us without TLS. */
  readonly proxiesOnly: boolean
  /** Names that it may be asked for by, beside loopback ones. */
  readonly names: readonly string[]
}

const refuse = (sentence: string): never => {
  throw new Failure(EXIT.badConfiguration, sentence)
}

/** The addresses that a server can be reached by. */
function addressesOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  return Object.values(networkInterfaces()).flatMap((some = []) => some.map(({ address }) => address))
}

function tlsFilesOf({ tlsCertFile: certFile, tlsKeyFile: keyFile }: HostConfig): TlsFiles | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile }
  if (certFile !== undefined) return refuse('TLS_CERT_FILE is set without TLS_KEY_FILE: TLS takes both')
  if (keyFile !== undefined) return refuse('TLS_KEY_FILE is set without TLS_CERT_FILE: TLS takes both')
  return undefined
}

/**
 * Settles where to listen.
 *
 * @throws {Failure} 78 with one sentence, where patient data or passwords would go over a network in clear, or where
 *   everybody on a network would get in
 */
export function planBinding(settings: HostConfig): Binding {
  const { access, host, port, publicUrl, trustedProxies, proxyHeader, insecureHttp, allowedHosts } = settings
  const tls = tlsFilesOf(settings)
  const isLocal = isLoopback(host)
  const hasProxies = trustedProxies.length > 0
  if (access === 'open' && !isLocal) {
    refuse(
      `ACCESS=open lets everybody in, so that HOST must be a loopback address such as 127.0.0.1, not ${host}`,
    )
  }
  if (access === 'open' && hasProxies) {
    refuse(
      'ACCESS=open lets everybody in, so that there must be no TRUSTED_PROXIES: they would let a network in',
    )
  }
  if (!isLocal && !tls && !hasProxies && !insecureHttp) {
    refuse(
      `HOST is ${host}, which takes TLS_CERT_FILE and TLS_KEY_FILE, or TRUSTED_PROXIES for a proxy that speaks TLS; ` +
        '--insecure-http sends patient data and passwords in clear',
    )
  }
  return {
    host,
    port,
    tls,
    trust: hasProxies ? { isTrusted: inRanges(trustedProxies), header: proxyHeader } : undefined,
    proxiesOnly: !isLocal && !tls && !insecureHttp,
    names: [...addressesOf(host), ...allowedHosts, ...(publicUrl ? [new URL(publicUrl).hostname] : [])],
  }
}
