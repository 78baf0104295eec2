/** Having another system told of analyses. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { TextField } from '../../../ui/field.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { toggled } from '../boxes/toggled.ts'
import { codeText } from '../jobs/texts.ts'
import { words } from './words.ts'
import '../boxes/boxes.css'

/** What one may be told of. */
export const EVENTS = [
  { event: 'analysis.completed', word: 'completed' },
  { event: 'analysis.failed', word: 'failed' },
] as const

const NAMES = EVENTS.map(({ event }) => event)

interface Properties {
  /** Told the secret, which the server does not tell again. */
  readonly onMade: (secret: string) => void
  readonly onClose: () => void
}

export function AddSubscription({ onMade, onClose }: Properties) {
  const t = words()
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<readonly string[]>(NAMES)
  const [wasTried, setTried] = useState(false)
  const isAddress = URL.canParse(url.trim()) && /^https?:/.test(url.trim())
  const task = useTask(async () => {
    const chosen = NAMES.filter((name) => events.includes(name))
    const { data } = await ask('POST /api/webhooks/subscriptions', {
      body: { url: url.trim(), events: chosen },
    })
    refresh('/api/webhooks/subscriptions')
    onMade(data.secret)
  })
  const send = () => {
    setTried(true)
    if (isAddress && events.length > 0) void task.run()
  }
  const isMissing = wasTried && events.length === 0
  return (
    <FormDialog
      title={t.add}
      verb={t.make}
      task={task}
      texts={{ TARGET_NOT_ALLOWED: codeText('TARGET_NOT_ALLOWED') }}
      noValidate
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label={t.address}
        hint={t.addressHint}
        error={wasTried && !isAddress ? t.addressWrong : undefined}
        type="url"
        value={url}
        autocomplete="off"
        onInput={({ currentTarget }) => setUrl(currentTarget.value)}
      />
      <fieldset class="boxes" aria-describedby={isMissing ? 'events-missing' : undefined}>
        <legend>{t.events}</legend>
        {EVENTS.map(({ event, word }) => (
          <label key={event}>
            <input
              type="checkbox"
              checked={events.includes(event)}
              onChange={() => setEvents(toggled(events, event, NAMES))}
            />
            <span>{t[word]}</span>
          </label>
        ))}
        {isMissing && (
          <small id="events-missing" class="wrong">
            {t.eventsMissing}
          </small>
        )}
      </fieldset>
    </FormDialog>
  )
}
