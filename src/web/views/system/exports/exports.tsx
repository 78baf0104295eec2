/** What was exported, when and by whom. */
import type { Answer } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { href } from '../../../app/router.ts'
import { bytes, dateTime } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Table } from '../../../ui/table.tsx'
import { Room } from '../room/room.tsx'
import { words } from './words.ts'
import './exports.css'

type Export = Answer<'GET /api/exports'>['items'][number]

function Row({ of }: { readonly of: Export }) {
  const t = words()
  const { sessionId, format, table, identity, preset, pipelineVersion, exportedBy, sha256 } = of
  return (
    <tr>
      <td class="whole">
        <time dateTime={of.exportedAt}>{dateTime(of.exportedAt)}</time>
      </td>
      <th scope="row">
        {sessionId === null ? t.recording : <a href={href(`/sessions/${sessionId}`)}>{t.session}</a>}
        <span class="soft">{t.preset(preset, pipelineVersion)}</span>
      </th>
      <td>
        {format}
        {table !== null && <span class="soft">{t.table(table)}</span>}
      </td>
      <td>
        <Badge kind={identity === 'full' ? 'warning' : 'plain'}>{t[identity]}</Badge>
      </td>
      <td class="number">{bytes(of.bytes)}</td>
      <td>{exportedBy === null ? <span class="soft">{t.unknown}</span> : <code>{exportedBy}</code>}</td>
      <td class="export-hash">
        <code>{sha256}</code>
      </td>
    </tr>
  )
}

export function ExportsRoom() {
  const t = words()
  const pages = usePages('GET /api/exports', { query: {} })
  return (
    <Room title={t.title} subtitle={t.intro}>
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => (
          <Table
            caption={t.caption}
            columns={[t.when, t.what, t.format, t.identity, { number: t.size }, t.who, t.fingerprint]}
          >
            {items.map((each) => (
              <Row key={each.id} of={each} />
            ))}
          </Table>
        )}
      </Listing>
    </Room>
  )
}
