/** Scoring rules: which there are, which hold, and how they came about. */
import { usePages } from '../../../api/use-pages.ts'
import { go, href, path, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { date, fixed, significant } from '../../../language/format.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Pending } from '../../../ui/pending.tsx'
import { Table } from '../../../ui/table.tsx'
import { Room } from '../room/room.tsx'
import { Detail } from './detail.tsx'
import { figureIn, WEIGHTS } from './draft.ts'
import { type Configuration, Editor } from './editor.tsx'
import { labelOf } from './labels.ts'
import { ConfigurationState, nameOf } from './state.tsx'
import { words } from './words.ts'
import './scoring.css'

function Row({ of }: { readonly of: Configuration }) {
  const t = words()
  const weights = WEIGHTS.filter((name) => figureIn(of.rules, name) > 0).map(
    (name) => `${labelOf(name)} ${significant(figureIn(of.rules, name))}`,
  )
  return (
    <tr>
      <th scope="row">
        {nameOf(of)}
        {of.description && !of.builtIn && <span class="soft">{of.description}</span>}
      </th>
      <td>
        <ConfigurationState of={of} />
      </td>
      <td class="number">{fixed(of.latestVersion)}</td>
      <td>{weights.join(', ')}</td>
      <td class="whole">{date(of.versionCreatedAt)}</td>
      <td class="actions">
        <a class="button" href={href(path.value, { configuration: of.id })} aria-label={t.openOf(nameOf(of))}>
          {t.open}
        </a>
      </td>
    </tr>
  )
}

/** Which rules hold for those without rules of their own; nothing is said before all are read. */
function Active({ items, isWhole }: { readonly items: readonly Configuration[]; readonly isWhole: boolean }) {
  const t = words()
  const active = items.find(({ activeVersion }) => activeVersion !== null)
  if (!active && !isWhole) return null
  return (
    <Notice kind="info" title={t.active}>
      <p>{active ? t.activeText(nameOf(active), fixed(active.activeVersion)) : t.activeBuiltIn}</p>
    </Notice>
  )
}

function List() {
  const t = words()
  const pages = usePages('GET /api/scoring/configurations', { query: {} })
  return (
    <>
      {pages.items && <Active items={pages.items} isWhole={!pages.hasMore} />}
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => (
          <Table
            caption={t.caption}
            columns={[
              t.name,
              t.state,
              { number: t.version },
              t.weightsColumn,
              t.changed,
              { hidden: t.actions },
            ]}
          >
            {items.map((each) => (
              <Row key={each.id} of={each} />
            ))}
          </Table>
        )}
      </Listing>
    </>
  )
}

/** A new configuration begins with the rules that hold. */
function Create() {
  const t = words()
  const { items, problem, reload } = usePages('GET /api/scoring/configurations', { query: {} })
  const model = items?.find(({ activeVersion }) => activeVersion !== null) ?? items?.at(-1)
  if (problem || !model) return <Pending read={{ problem, reload }} />
  return (
    <>
      <h2>{t.add}</h2>
      <Editor
        rules={model.rules}
        of={null}
        onMade={({ id }) => go(href(path.value, { configuration: id }))}
      />
    </>
  )
}

export function ScoringRoom() {
  const t = words()
  const id = query.value.get('configuration')
  const isNew = query.value.get('new') === '1' && may('scoring:configure')
  const isInside = id !== null || isNew
  const part = () => {
    if (id !== null) return <Detail key={`${id} ${query.value.get('version')}`} id={id} />
    return isNew ? <Create /> : <List />
  }
  return (
    <Room
      title={t.title}
      subtitle={t.intro}
      actions={
        <>
          {isInside && (
            <a class="button" href={href(path.value)}>
              <Icon name="left" />
              {t.back}
            </a>
          )}
          {!isInside && may('scoring:configure') && (
            <a class="button primary" href={href(path.value, { new: 1 })}>
              <Icon name="plus" />
              {t.add}
            </a>
          )}
        </>
      }
    >
      {part()}
    </Room>
  )
}
