/** Where subscribers may be: nobody may have us ask the inside of the clinic in their place. */
import { lookup as resolve } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** No address of the internet. */
export const isPrivate = (address: string): boolean => ipaddr.process(address).range() !== 'unicast'

/** The address may not be sent to. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'
  readonly code = 'TARGET_NOT_ALLOWED'
}

/**
 * What is wrong with the URL of a subscriber, as far as it is seen without asking for the addresses of its name.
 *
 * @param privateTargets whether private addresses and plain http are allowed
 */
export function wrongTarget(url: URL, privateTargets: boolean): string | undefined {
  if (url.username !== '' || url.password !== '') return 'A URL must not bear a password.'
  if (url.protocol !== 'https:' && !(privateTargets && url.protocol === 'http:')) {
    return 'Subscribers are told over https only, unless WEBHOOK_PRIVATE_TARGETS is set.'
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!privateTargets && isIP(host) !== 0 && isPrivate(host)) {
    return 'Nothing is sent to private addresses, unless WEBHOOK_PRIVATE_TARGETS is set.'
  }
  return undefined
}

/**
 * Looks a name up, for one connection: what it gives is what is connected to, so that a name cannot be another address
 * by then. One private address among several is enough to refuse it.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { all: true, family: 0 }).then(
    (found) => {
      const [first] = found
      if (!first || found.some(({ address }) => isPrivate(address))) {
        callback(new TargetRefused('the name is that of a private address'), '', 0)
      } else if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    },
    (error: NodeJS.ErrnoException) => callback(error, '', 0),
  )
}
