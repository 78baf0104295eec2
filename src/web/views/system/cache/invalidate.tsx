/** Making entries invalid: what, a question that says what happens, and what came of it. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { fixed, NO_FIGURE } from '../../../language/format.ts'
import { Confirm } from '../../../ui/dialog.tsx'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { operateWords } from './operate-words.ts'

const KINDS = ['namespace', 'tag', 'pattern', 'key'] as const

/** What is to be made invalid. */
export interface Target {
  readonly kind: (typeof KINDS)[number]
  readonly value: string
}

type Outcome = Answer<'POST /api/cache/invalidate'>

/** What was made invalid, said once it is so on every node. */
export function InvalidationOutcome({ outcome }: { readonly outcome: Outcome }) {
  const t = operateWords()
  const { removed, cleared, unreachable } = outcome
  const counts = Object.entries(removed ?? {}) as readonly (readonly [
    'memory' | 'redis' | 'postgres',
    number,
  ])[]
  return (
    <Notice kind={unreachable.length > 0 ? 'warning' : 'good'} title={t.done}>
      {counts.length > 0 && <p>{counts.map(([tier, n]) => t.removed(fixed(n), t[tier])).join(', ')}.</p>}
      {cleared.length > 0 && <p>{t.cleared(cleared.join(', '))}</p>}
      {counts.length === 0 && cleared.length === 0 && <p>{t.nothingRemoved}</p>}
      {unreachable.length > 0 && <p>{t.unreachable(unreachable.map((tier) => t[tier]).join(', '))}</p>}
    </Notice>
  )
}

interface Properties {
  readonly target: Target
  readonly onDone: (outcome: Outcome) => void
  readonly onClose: () => void
}

/** Asks first. */
export function ConfirmInvalidation({ target: { kind, value }, onDone, onClose }: Properties) {
  const t = operateWords()
  const task = useTask(async () => {
    const { data } = await ask('POST /api/cache/invalidate', { query: { [kind]: value } })
    refresh('/api/cache/')
    onDone(data)
    onClose()
  })
  return (
    <Confirm
      title={t[`confirm_${kind}`](value)}
      verb={t.invalidate}
      isDangerous
      task={task}
      texts={{ NOTHING_TO_INVALIDATE: t.NOTHING_TO_INVALIDATE }}
      onClose={onClose}
    >
      <p>{t.consequence}</p>
      {kind === 'pattern' && <p>{t.patternCost}</p>}
    </Confirm>
  )
}

/** The form for any of the four ways. */
export function InvalidateForm({ onAsk }: { readonly onAsk: (target: Target) => void }) {
  const t = operateWords()
  const [target, set] = useState<Target>({ kind: 'namespace', value: '' })
  const [isMissing, setMissing] = useState(false)
  const namespaces = useRead('GET /api/cache/namespaces', {})
  const { kind, value } = target
  const error = isMissing && value.trim() === '' ? t.missing : undefined
  const names = (namespaces.data?.items ?? []).map(({ name }) => name).toSorted()
  return (
    <form
      class="cache-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() === '') setMissing(true)
        else onAsk({ kind, value: value.trim() })
      }}
    >
      <SelectField
        label={t.what}
        value={kind}
        options={KINDS.map((each) => ({ value: each, label: t[each] }))}
        onChange={({ currentTarget }) => set({ kind: currentTarget.value as Target['kind'], value: '' })}
      />
      {kind === 'namespace' && names.length > 0 ? (
        <SelectField
          label={t.value}
          hint={t.namespaceHint}
          error={error}
          value={value}
          options={[{ value: '', label: NO_FIGURE }, ...names.map((name) => ({ value: name, label: name }))]}
          onChange={({ currentTarget }) => set({ kind, value: currentTarget.value })}
        />
      ) : (
        <TextField
          label={t.value}
          hint={t[`${kind}Hint`]}
          error={error}
          value={value}
          autocomplete="off"
          maxLength={kind === 'tag' ? 500 : 250}
          onInput={({ currentTarget }) => set({ kind, value: currentTarget.value })}
        />
      )}
      <button type="submit" class="beside-fields">
        {t.invalidate}…
      </button>
    </form>
  )
}
