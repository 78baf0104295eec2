/** Entries of the audit log: who, what, which records, how it ended. */

import type { Answer } from '../../../api/client.ts'
import { href, path } from '../../../app/router.ts'
import { viewer } from '../../../app/viewer.ts'
import { clock, date, fixed } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Table } from '../../../ui/table.tsx'
import { permissionText } from '../permissions/texts.ts'
import { wordOf } from '../word-of.ts'
import type { Filter } from './filter.ts'
import { words } from './words.ts'

type Entry = Answer<'GET /api/audit'>['items'][number]

const KINDS: Readonly<Record<Entry['outcome'], BadgeKind>> = {
  done: 'good',
  refused: 'warning',
  failed: 'bad',
}

/** More records than these are counted. */
const SHOWN_RECORDS = 3

function actorText(actor: string): string {
  const t = words()
  if (actor === viewer.value?.id) return t.you
  const [kind = '', id = ''] = actor.split(':')
  if (kind === 'user') return t.user(id)
  if (kind === 'key') return t.key(id)
  return actor === 'system' || actor === 'open' || actor === 'nobody' ? t[actor] : actor
}

const actionText = (action: string): string =>
  wordOf(words(), `action_${action.replace(':', '_')}`) ?? permissionText({ name: action, summary: action })

/** A link that adds one thing to the filter. */
const Only = ({
  filter,
  name,
  value,
  children,
}: {
  readonly filter: Filter
  readonly name: keyof Filter
  readonly value: string
  readonly children: string
}) => (
  <a
    href={href(path.value, {
      ...Object.fromEntries(Object.entries(filter).filter(([, v]) => v)),
      [name]: value,
    })}
    aria-label={words().onlyThis(children)}
  >
    {children}
  </a>
)

function Records({ entry, filter }: { readonly entry: Entry; readonly filter: Filter }) {
  const t = words()
  const { records, count } = entry
  const rest = records.length - SHOWN_RECORDS
  return (
    <>
      {records.slice(0, SHOWN_RECORDS).map(({ kind, id }) => (
        <div key={`${kind}:${id}`} class="audit-record">
          <Only filter={filter} name="record" value={`${kind}:${id}`}>
            {`${wordOf(t, `kind_${kind}`) ?? kind} ${id}`}
          </Only>
        </div>
      ))}
      {rest > 0 && <span class="soft">{t.more(fixed(rest))}</span>}
      {records.length === 0 && (
        <span class="soft">{count === null ? t.noRecords : t.listOf(fixed(count))}</span>
      )}
    </>
  )
}

function Details({ entry }: { readonly entry: Entry }) {
  const t = words()
  return (
    <details>
      <summary>{t.details}</summary>
      <Facts
        facts={[
          { label: t.route, value: <code>{entry.route}</code> },
          {
            label: t.place,
            value: entry.seq === null ? null : fixed(entry.seq),
            note: entry.seq === null && t.unsealed,
          },
          { label: t.node, value: entry.node },
          ...(entry.requestId ? [{ label: t.request, value: <code>{entry.requestId}</code> }] : []),
          ...(entry.hash ? [{ label: t.hash, value: <code class="audit-hash">{entry.hash}</code> }] : []),
        ]}
      />
    </details>
  )
}

function Row({ entry, filter }: { readonly entry: Entry; readonly filter: Filter }) {
  const t = words()
  return (
    <tr>
      <td class="whole">
        <time dateTime={entry.at}>{date(entry.at)}</time>
        <span class="soft">{clock(entry.at)}</span>
      </td>
      <td class="audit-actor">
        <Only filter={filter} name="actor" value={entry.actor}>
          {actorText(entry.actor)}
        </Only>
        <span class="soft">{entry.address ?? t.noAddress}</span>
      </td>
      <td class="audit-action">
        <Only filter={filter} name="action" value={entry.action}>
          {actionText(entry.action)}
        </Only>
        <span class="soft">
          <code>{entry.action}</code>
        </span>
        <Details entry={entry} />
      </td>
      <td>
        <Records entry={entry} filter={filter} />
      </td>
      <td>
        <Badge kind={KINDS[entry.outcome]}>{t[entry.outcome]}</Badge>
        {entry.code && (
          <span class="soft">
            <code>{entry.code}</code>
          </span>
        )}
      </td>
    </tr>
  )
}

/** @param filter as it is, which the links in entries narrow */
export function Entries({
  entries,
  filter,
}: {
  readonly entries: readonly Entry[]
  readonly filter: Filter
}) {
  const t = words()
  return (
    <Table
      caption={t.caption}
      class="audit-entries"
      columns={[t.when, t.actor, t.action, t.records, t.outcome]}
    >
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} filter={filter} />
      ))}
    </Table>
  )
}
