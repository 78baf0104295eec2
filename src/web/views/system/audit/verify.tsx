/** Whether the chain of the audit log is whole, in words. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { fixed } from '../../../language/format.ts'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { Said } from '../../../ui/said.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Copyable } from '../copyable/copyable.tsx'
import { words } from './words.ts'

type Verified = Answer<'GET /api/audit/verify'>

function Found({ verified }: { readonly verified: Verified }) {
  const t = words()
  const { isWhole, entries, first, last, head, breaks } = verified
  return (
    <Notice kind={isWhole ? 'good' : 'error'} title={isWhole ? t.whole : t.broken}>
      <p>{isWhole ? (entries > 0 ? t.wholeText(fixed(entries)) : t.wholeEmpty) : t.brokenText}</p>
      {breaks.length > 0 && (
        <ul>
          {breaks.map((sentence) => (
            <li key={sentence}>
              <Said text={sentence} />
            </li>
          ))}
        </ul>
      )}
      {first !== null && last !== null && <p class="soft">{t.places(fixed(first), fixed(last))}</p>}
      {head !== null && (
        <>
          <p class="soft">{t.head}</p>
          <Copyable label={t.headLabel} text={`${last}:${head}`} />
        </>
      )}
    </Notice>
  )
}

/** It walks the whole log, so it is done when somebody asks for it. */
export function Verify() {
  const t = words()
  const [verified, setVerified] = useState<Verified>()
  const task = useTask(async () => {
    setVerified(undefined)
    const { data } = await ask('GET /api/audit/verify', {})
    setVerified(data)
  })
  return (
    <section class="stack" aria-label={t.verify}>
      <p class="row">
        <button type="button" disabled={task.isRunning} onClick={() => void task.run()}>
          {task.isRunning ? t.verifying : t.verify}
        </button>
      </p>
      {task.problem && <ProblemNotice problem={task.problem} retry={task.run} />}
      {verified && <Found verified={verified} />}
    </section>
  )
}
