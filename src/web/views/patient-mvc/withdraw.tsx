/** Withdrawing a value that was entered by hand: what holds instead is said first. */
import { type Answer, ask } from '../../api/client.ts'
import { refresh } from '../../api/use-read.ts'
import { amplitude } from '../../language/format.ts'
import { mvcText } from '../../mvc/value.tsx'
import { words as mvcWords } from '../../mvc/words.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { muscleName } from './muscle-name.ts'
import { words } from './words.ts'

export type Item = Answer<'GET /api/patients/{code}/mvc'>['items'][number]

/** Has everything read again that MVC values of a patient stand in. */
export const refreshMvc = (code: string): void =>
  refresh(`/api/patients/${encodeURIComponent(code)}/mvc`, '/api/sessions/', '/api/recordings/')

export function Withdraw({
  code,
  item,
  onClose,
}: {
  readonly code: string
  readonly item: Item
  readonly onClose: () => void
}) {
  const t = words()
  const m = mvcWords()
  const task = useTask(async () => {
    const { muscle, side } = item
    await ask('POST /api/patients/{code}/mvc', {
      path: { code },
      body: { muscle, side, value: null, unit: 'uV' },
    })
    refreshMvc(code)
    say(t.withdrawn)
    onClose()
  })
  const next = item.passedOver.find(({ value }) => value !== null)
  return (
    <Confirm
      title={t.withdrawTitle}
      verb={t.withdraw}
      isDangerous
      task={task}
      texts={{ NO_MANUAL_MVC: t.noManual }}
      onClose={onClose}
    >
      <p>{t.withdrawWhat(mvcText(item.value, item.source), muscleName(item))}</p>
      <p>{next ? t.withdrawNext(m.sources(next.source), amplitude(next.value)) : t.withdrawNothing}</p>
      <p>{t.withdrawKept}</p>
    </Confirm>
  )
}
