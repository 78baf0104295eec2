/** A sentence that stands out: what went wrong, what to do, what is good to know. */
import type { ComponentChildren } from 'preact'
import type { ApiProblem } from '../api/client.ts'
import { colon } from '../language/language.ts'
import { isNoAddress, type ProblemTexts, problemText } from './problem-text.ts'
import { words } from './words.ts'
import './notice.css'

interface NoticeProperties {
  readonly kind: 'info' | 'good' | 'warning' | 'error'
  readonly title?: string
  readonly children?: ComponentChildren
}

export const Notice = ({ kind, title, children }: NoticeProperties) => (
  <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
    {title && <strong>{title}</strong>}
    {children}
  </div>
)

interface ProblemProperties {
  readonly problem: ApiProblem
  readonly texts?: ProblemTexts | undefined
  readonly retry?: () => unknown
}

/** A problem, each field that is wrong with it, and a way to try again. */
export function ProblemNotice({ problem, texts, retry }: ProblemProperties) {
  const t = words()
  return (
    <Notice kind="error">
      <p>{problemText(problem, texts)}</p>
      {problem.errors.length > 0 && !isNoAddress(problem) && (
        <ul>
          {problem.errors.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code>
              {colon()} {message}
            </li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" onClick={() => void retry()}>
          {t.tryAgain}
        </button>
      )}
    </Notice>
  )
}
