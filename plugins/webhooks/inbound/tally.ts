/** Messages in figures. */
import type { Metric } from '../../../src/sdk.ts'

/** Messages since the start of this server, by what became of them. */
export interface InboundTally {
  accepted: number
  ignored: number
  /** Without a valid signature, too old, or taken before. */
  refused: number
}

export const inboundMetrics = (tally: Readonly<InboundTally>): Metric[] => [
  {
    name: 'myoserve_webhooks_messages_total',
    help: 'Messages of storages since the start, by what became of them.',
    type: 'counter',
    samples: Object.entries(tally).map(([outcome, value]) => ({ labels: { outcome }, value })),
  },
]
