/** By which names a server may be asked for: a page whose name is pointed at us gets no answer. */
import { plainAddress } from '../config/address.ts'
import { isLoopback } from '../config/loopback.ts'

/** A Host header without its port, in lower case; an address in its shortest form. Null for what is neither. */
function nameOf(host: string): string | null {
  const [, name = ''] = /^(\[[^\]]*\]|[^:/?#@\s,\\]+)(?::\d{1,5})?$/.exec(host) ?? []
  return name === '' ? null : (plainAddress(name) ?? name.toLowerCase().replace(/\.$/, ''))
}

/**
 * Tells whether a Host header is one of ours: loopback always is.
 *
 * @param names without ports
 * @see https://owasp.org/www-community/attacks/DNS_Rebinding
 */
export function createHostCheck(names: readonly string[]): (host: string) => boolean {
  const allowed = new Set(names.map((name) => plainAddress(name) ?? name.toLowerCase()))
  return (host) => {
    if (isLoopback(host)) return true
    const name = nameOf(host)
    return name !== null && allowed.has(name)
  }
}
