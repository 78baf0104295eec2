/** Keys that are kept, by how they begin; each can be made invalid. */
import { useState } from 'preact/hooks'
import { usePages } from '../../../api/use-pages.ts'
import { useRead } from '../../../api/use-read.ts'
import { go, here, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { Empty } from '../../../ui/empty.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import type { Target } from './invalidate.tsx'
import { operateWords } from './operate-words.ts'

const PAGE = 50

function PrefixForm({ prefix }: { readonly prefix: string }) {
  const t = operateWords()
  const [text, setText] = useState(prefix)
  const find = (event: Event) => {
    event.preventDefault()
    go(here({ prefix: text.trim() || null }))
  }
  return (
    <form class="cache-form" onSubmit={find}>
      <TextField
        label={t.prefix}
        hint={t.prefixHint}
        value={text}
        maxLength={250}
        autocomplete="off"
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" class="beside-fields">
        {t.find}
      </button>
    </form>
  )
}

/** @param onAsk to invalidate one */
export function Keys({ onAsk }: { readonly onAsk: (target: Target) => void }) {
  const t = operateWords()
  const prefix = query.value.get('prefix') ?? ''
  const asked = { query: { limit: PAGE, ...(prefix && { prefix }) } }
  const pages = usePages('GET /api/cache/keys', asked)
  const first = useRead('GET /api/cache/keys', asked)
  const away = first.data?.unreachable ?? []
  return (
    <section aria-labelledby="cache-keys">
      <h2 id="cache-keys">{t.keys}</h2>
      <p class="soft">{t.keysIntro}</p>
      <PrefixForm key={prefix} prefix={prefix} />
      {away.length > 0 && (
        <Notice kind="warning">
          <p>{t.unreachable(away.map((tier) => t[tier]).join(', '))}</p>
        </Notice>
      )}
      <Listing
        pages={pages}
        empty={
          pages.hasMore ? <p class="soft">{t.shortPage}</p> : <Empty title={t.noKeys} text={t.noKeysText} />
        }
      >
        {(items) => (
          <Table
            caption={t.keysCaption}
            class="cache-keys"
            columns={[
              t.keyColumn,
              t.keyNamespace,
              t.keyTier,
              may('cache:operate') && { hidden: t.invalidate },
            ]}
          >
            {items.map(({ key, namespace, tier }) => (
              <tr key={`${tier} ${namespace} ${key}`}>
                <th scope="row">
                  <code>{key}</code>
                </th>
                <td>
                  <code>{namespace}</code>
                </td>
                <td class="whole">{t[tier]}</td>
                {may('cache:operate') && (
                  <td class="actions">
                    <button
                      type="button"
                      aria-label={t.invalidateKey(key)}
                      onClick={() => onAsk({ kind: 'key', value: key })}
                    >
                      {t.invalidate}
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </Table>
        )}
      </Listing>
    </section>
  )
}
