/** What `/metrics` shows of the audit log. */
import type { Metric } from '../observe/metrics.ts'
import type { Carrier } from './carry.ts'
import type { Journal } from './journal.ts'
import type { Sealer } from './sealer.ts'

export const auditMetrics = ({
  counts,
  journal,
  carrier,
  sealer,
}: {
  /** Entries by outcome. */
  readonly counts: Readonly<Record<string, number>>
  readonly journal: Pick<Journal, 'backlog' | 'refused'>
  readonly carrier: Pick<Carrier, 'carried'>
  readonly sealer: Pick<Sealer, 'sealed' | 'lagMs' | 'broken'>
}): Metric[] => {
  const one = (value: number) => [{ value }]
  return [
    {
      name: 'myoserve_audit_entries_total',
      help: 'Entries that were written, by outcome; those of transactions that were rolled back too.',
      type: 'counter',
      samples: Object.entries(counts).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: 'myoserve_audit_journal_bytes',
      help: 'Entries that wait for the database in the data folder.',
      type: 'gauge',
      samples: one(journal.backlog()),
    },
    {
      name: 'myoserve_audit_journal_refused_total',
      help: 'Requests that were refused since they could not be recorded.',
      type: 'counter',
      samples: one(journal.refused()),
    },
    {
      name: 'myoserve_audit_carried_total',
      help: 'Entries that came from the journal to the database.',
      type: 'counter',
      samples: one(carrier.carried()),
    },
    {
      name: 'myoserve_audit_sealed_total',
      help: 'Entries that this server has given their place in the chain.',
      type: 'counter',
      samples: one(sealer.sealed()),
    },
    {
      name: 'myoserve_audit_sealer_lag_seconds',
      help: 'Age of the oldest entry without a place in the chain, when it was last looked.',
      type: 'gauge',
      samples: one(sealer.lagMs() / 1000),
    },
    {
      name: 'myoserve_audit_broken',
      help: '1 where the chain does not hold what this server has seen sealed.',
      type: 'gauge',
      samples: one(sealer.broken() === undefined ? 0 : 1),
    },
  ]
}
