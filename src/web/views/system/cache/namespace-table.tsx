/** Hit rates by namespace: a bar of where reads were answered, with the figures beside it. */
import { type ComponentChildren, Fragment } from 'preact'
import { go, here, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { duration, fixed, percent } from '../../../language/format.ts'
import { Empty } from '../../../ui/empty.tsx'
import { NumberCell } from '../../../ui/number-cell.tsx'
import { Table } from '../../../ui/table.tsx'
import { COLUMNS, type Column, type NamespaceRow, sorted } from './namespaces.ts'
import { ratePercent } from './rate.ts'
import { words } from './words.ts'

/** Figures begin with the largest, names with the first. */
const startsDescending = (column: Column): boolean => column !== 'namespace'

function order(): { by: Column; isDescending: boolean } {
  const by = COLUMNS.find((each) => each === query.value.get('sort')) ?? 'reads'
  const said = query.value.get('order')
  return { by, isDescending: said === null ? startsDescending(by) : said === 'desc' }
}

function SortHead({
  column,
  hint,
  children,
}: {
  readonly column: Column
  readonly hint?: string
  readonly children: ComponentChildren
}) {
  const { by, isDescending } = order()
  const isBy = by === column
  const next = isBy ? !isDescending : startsDescending(column)
  const sort = () => go(here({ sort: column, order: next ? 'desc' : 'asc' }), 'replace')
  return (
    <th
      scope="col"
      class={column === 'namespace' || column === 'hitRate' ? undefined : 'number'}
      aria-sort={isBy ? (isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" class="plain cache-sort" onClick={sort}>
        {children}
        <span aria-hidden="true">{isBy ? (isDescending ? '▾' : '▴') : ''}</span>
      </button>
      {hint && <small class="soft">{hint}</small>}
    </th>
  )
}

/** Where reads were answered, as parts of a bar; what the parts are stands in words beneath. */
function Bar({ memory, shared, stale, misses }: NamespaceRow) {
  return (
    <span class="cache-bar" aria-hidden="true">
      {Object.entries({ memory, shared, stale, misses }).map(
        ([name, count]) => count > 0 && <span key={name} class={name} style={{ flexGrow: count }} />,
      )}
    </span>
  )
}

function Row({ row, onInvalidate }: { readonly row: NamespaceRow; readonly onInvalidate: () => void }) {
  const t = words()
  const { namespace, reads, hitRate, loadP95 } = row
  const parts = [
    row.memory > 0 && t.fromMemory(fixed(row.memory)),
    row.shared > 0 && t.fromShared(fixed(row.shared)),
    row.stale > 0 && t.stale(fixed(row.stale)),
    row.loadFailures > 0 && t.failed(fixed(row.loadFailures)),
  ].filter(Boolean)
  return (
    <tr>
      <th scope="row">
        <code>
          {namespace.split(/(?<=[.-])|(?=[A-Z])/).map((part, i) => (
            <Fragment key={`${i} ${part}`}>
              {i > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
        </code>
      </th>
      <td class="number">{fixed(reads)}</td>
      <td class="cache-rate">
        {hitRate === null ? (
          <span class="soft">{t.noRead}</span>
        ) : (
          <>
            <span class="number">{percent(ratePercent(hitRate), 1)}</span>
            <Bar {...row} />
            <small class="soft">{parts.join(', ')}</small>
          </>
        )}
      </td>
      <td class="number">{fixed(row.misses)}</td>
      <NumberCell text={loadP95 === null ? null : duration(loadP95)} why={t.notLoaded} />
      <td class="number">{duration(Math.max(0, row.savedMs))}</td>
      {may('cache:operate') && (
        <td class="actions">
          <button type="button" aria-label={t.invalidateNamespace(namespace)} onClick={onInvalidate}>
            {t.invalidate}
          </button>
        </td>
      )}
    </tr>
  )
}

interface Properties {
  readonly rows: readonly NamespaceRow[]
  readonly onInvalidate: (namespace: string) => void
}

/** Those that were not read are counted, and shown when the address says `idle=1`. */
export function NamespaceTable({ rows, onInvalidate }: Properties) {
  const t = words()
  const { by, isDescending } = order()
  const showsIdle = query.value.get('idle') === '1'
  const shown = sorted(showsIdle ? rows : rows.filter(({ reads }) => reads > 0), by, isDescending)
  if (shown.length === 0) return <Empty title={t.nothingRead} text={t.nothingReadText} />
  return (
    <Table
      caption={t.namespacesCaption}
      class="cache-namespaces"
      columns={[
        <SortHead key="namespace" column="namespace">
          {t.namespace}
        </SortHead>,
        <SortHead key="reads" column="reads">
          {t.reads}
        </SortHead>,
        <SortHead key="hitRate" column="hitRate">
          {t.hitRate}
        </SortHead>,
        <SortHead key="misses" column="misses">
          {t.misses}
        </SortHead>,
        <SortHead key="loadP95" column="loadP95" hint={t.loadP95Hint}>
          {t.loadP95}
        </SortHead>,
        <SortHead key="savedMs" column="savedMs">
          {t.savedColumn}
        </SortHead>,
        may('cache:operate') && { hidden: t.invalidate },
      ]}
    >
      {shown.map((row) => (
        <Row key={row.namespace} row={row} onInvalidate={() => onInvalidate(row.namespace)} />
      ))}
    </Table>
  )
}
