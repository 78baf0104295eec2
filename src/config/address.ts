/** IP addresses as text, and lists of them. */
import ipaddr from 'ipaddr.js'

/**
 * An address in its shortest form, without the port, the brackets and the zone that it may have; an IPv4 address that
 * is written as IPv6 becomes one. Null for everything else.
 *
 * @example plainAddress('[::ffff:10.0.0.1]:443') // '10.0.0.1'
 */
export function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  const address = bare.replace(/%.*$/, '')
  const isAddress = address.includes(':')
    ? ipaddr.IPv6.isValid(address)
    : ipaddr.IPv4.isValidFourPartDecimal(address)
  return isAddress ? ipaddr.process(address).toString() : null
}

/** Whether a text is an address, or a range of them such as `10.0.0.0/8`. */
export const isAddressRange = (text: string): boolean =>
  text.includes('/') ? ipaddr.isValidCIDR(text) : plainAddress(text) !== null

/**
 * Tells whether an address is in one of the ranges.
 *
 * @param ranges each as {@link isAddressRange} takes it
 * @example const isTrusted = inRanges(['10.0.0.0/8', '::1'])
 */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map((range): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
    if (range.includes('/')) return ipaddr.parseCIDR(range)
    const address = ipaddr.parse(plainAddress(range) ?? range)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  })
  return (text) => {
    const plain = plainAddress(text)
    if (plain === null) return false
    const address = ipaddr.parse(plain)
    return parsed.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits]),
    )
  }
}
