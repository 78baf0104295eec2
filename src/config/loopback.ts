/** Which names mean this machine and nobody else. */

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * Whether a Host header, or an address to listen on, is of the loopback interface.
 *
 * @param host with or without a port; an IPv6 address without brackets has none
 */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host === '::1' ? '[::1]' : host)
