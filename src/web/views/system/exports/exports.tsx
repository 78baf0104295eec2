/** What was exported, when and by whom. */
import type { Answer } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { href } from '../../../app/router.ts'
import { bytes, dateTime } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
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
  const { items, problem } = pages
  return (
    <Room title={t.title} subtitle={t.intro}>
      {problem && <ProblemNotice problem={problem} retry={pages.reload} />}
      {!items && !problem && <Busy />}
      {items?.length === 0 && (
        <Empty title={t.none}>
          <p>{t.noneText}</p>
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table
          caption={t.caption}
          columns={[t.when, t.what, t.format, t.identity, { number: t.size }, t.who, t.fingerprint]}
        >
          {items.map((each) => (
            <Row key={each.id} of={each} />
          ))}
        </Table>
      )}
      <MoreButton pages={pages} />
    </Room>
  )
}
