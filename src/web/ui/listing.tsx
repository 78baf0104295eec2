/** A list that is read page by page: on its way, failed, empty, or there with the way to more of it. */
import type { ComponentChildren } from 'preact'
import type { Pages } from '../api/use-pages.ts'
import { MoreButton } from './more-button.tsx'
import { ProblemNotice } from './notice.tsx'
import { Pending } from './pending.tsx'

interface Properties<T> {
  readonly pages: Pages<T>
  /** What stands where nothing is listed: why, and what to do. */
  readonly empty: ComponentChildren
  /** Draws what there is. */
  readonly children: (items: readonly T[]) => ComponentChildren
}

/**
 * What was read before stays while a later reading fails, which is said above it.
 *
 * @example
 * <Listing pages={pages} empty={<Empty title={t.none} />}>
 *   {(patients) => <PatientTable patients={patients} />}
 * </Listing>
 */
export function Listing<T>({ pages, empty, children }: Properties<T>) {
  const { items, problem, reload } = pages
  if (!items) return <Pending read={pages} />
  return (
    <>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {items.length === 0 ? empty : children(items)}
      <MoreButton pages={pages} />
    </>
  )
}
