/** What stands where something is not read yet: that it is on its way, or why it did not come. */
import type { Read } from '../api/use-read.ts'
import { Busy } from './busy.tsx'
import { ProblemNotice } from './notice.tsx'
import type { ProblemTexts } from './problem-text.ts'

interface Properties {
  readonly read: Pick<Read<unknown>, 'problem' | 'reload'>
  /** Sentences for the codes of its failures. */
  readonly texts?: ProblemTexts
}

/** @example if (!session.data) return <Pending read={session} /> */
export const Pending = ({ read: { problem, reload }, texts }: Properties) =>
  problem ? <ProblemNotice problem={problem} texts={texts} retry={reload} /> : <Busy />
