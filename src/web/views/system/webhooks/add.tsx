/** Having another system told of analyses. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { Boxes } from '../../../ui/boxes.tsx'
import { TextField } from '../../../ui/field.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { codeText } from '../jobs/texts.ts'
import { words } from './words.ts'

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
      <Boxes
        label={t.events}
        options={EVENTS.map(({ event, word }) => ({ value: event, label: t[word] }))}
        chosen={events}
        error={wasTried && events.length === 0 ? t.eventsMissing : undefined}
        onChange={setEvents}
      />
    </FormDialog>
  )
}
