/** Contractions by typing: one is added, or the chosen one moved or removed. */
import { useEffect, useState } from 'preact/hooks'
import type { AnalysedChannel, Contraction } from '../../../api/shapes.ts'
import { seconds } from '../../../language/format.ts'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { readSpan, type SpanField, secondsText } from './span.ts'
import type { Edits } from './use-edits.ts'
import { words } from './words.ts'

/** The contraction that is chosen, with its channel and its number there. */
export interface Chosen {
  readonly channel: AnalysedChannel
  readonly contraction: Contraction
  readonly number: number
}

interface Properties {
  readonly edits: Edits
  readonly channels: readonly AnalysedChannel[]
  readonly chosen: Chosen | null
}

const EMPTY = { start: '', end: '', reason: '' }

export function EditForm({ edits, channels, chosen }: Properties) {
  const t = words()
  const [typed, type] = useState(EMPTY)
  const [index, setIndex] = useState(channels[0]?.index ?? 0)
  const [isTried, setTried] = useState(false)
  useEffect(() => {
    setTried(false)
    type(
      chosen
        ? {
            start: secondsText(chosen.contraction.startMs),
            end: secondsText(chosen.contraction.endMs),
            reason: '',
          }
        : EMPTY,
    )
  }, [chosen?.channel.index, chosen?.contraction.startMs, chosen?.contraction.endMs])
  const channel = chosen?.channel ?? channels.find((each) => each.index === index) ?? channels[0]
  if (!channel) return null
  const lengthMs = channel.durationS * 1000
  const span = readSpan(typed.start, typed.end, lengthMs)
  const reason = typed.reason.trim() || null
  const errorOf = (field: SpanField): string | undefined => {
    if (!isTried || !('problem' in span) || span.field !== field) return undefined
    if (span.problem === 'not a time') return t.notTime
    return span.problem === 'beyond' ? t.beyond(seconds(lengthMs, 3)) : t.startAfterEnd
  }
  const atMs = chosen ? (chosen.contraction.startMs + chosen.contraction.endMs) / 2 : 0
  const submit = (): void => {
    setTried(true)
    if ('problem' in span) return
    void edits.make(
      chosen
        ? { kind: 'move', channel: channel.index, atMs, ...span }
        : { kind: 'add', channel: channel.index, ...span },
      reason,
    )
  }
  return (
    <form
      class="session-edit-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3>{chosen ? t.change(chosen.number, channel.name) : t.add}</h3>
      {!chosen && <p class="soft">{t.chooseFirst}</p>}
      <div class="session-edit-fields">
        {!chosen && channels.length > 1 && (
          <SelectField
            label={t.channel}
            value={String(channel.index)}
            options={channels.map((each) => ({ value: String(each.index), label: each.name }))}
            disabled={edits.isRunning}
            onChange={({ currentTarget }) => setIndex(Number(currentTarget.value))}
          />
        )}
        {(['start', 'end'] as const).map((field) => (
          <TextField
            key={field}
            label={t[field]}
            unit="s"
            inputMode="decimal"
            autocomplete="off"
            value={typed[field]}
            error={errorOf(field)}
            disabled={edits.isRunning}
            onInput={({ currentTarget }) => type({ ...typed, [field]: currentTarget.value })}
          />
        ))}
        <TextField
          label={t.reason}
          maxLength={500}
          value={typed.reason}
          disabled={edits.isRunning}
          onInput={({ currentTarget }) => type({ ...typed, reason: currentTarget.value })}
        />
        <div class="row">
          <button type="submit" class="primary" disabled={edits.isRunning}>
            {chosen ? t.move : t.addVerb}
          </button>
          {chosen && (
            <button
              type="button"
              disabled={edits.isRunning}
              onClick={() => void edits.make({ kind: 'remove', channel: channel.index, atMs }, reason)}
            >
              {t.remove}
            </button>
          )}
        </div>
      </div>
    </form>
  )
}
