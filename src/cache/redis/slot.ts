/** Hash slots of a Cluster: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model */

/** Slots that a Cluster has. */
export const SLOTS = 16_384

/** CRC16/XMODEM: polynomial 0x1021, first value 0, nothing reflected. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc
})

/** What is hashed of a key: what stands between its first `{` and the next `}`, unless that is nothing. */
function hashed(key: string): string {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open + 1)
  return close > open + 1 ? key.slice(open + 1, close) : key
}

/**
 * The slot of a key.
 *
 * @example
 * slotOf('myoserve:1:{7}:analysis') === slotOf('{7}') // true
 */
export function slotOf(key: string): number {
  let crc = 0
  for (const byte of Buffer.from(hashed(key))) {
    crc = ((crc << 8) & 0xffff) ^ (CRC16[(crc >> 8) ^ byte] as number)
  }
  return crc % SLOTS
}
