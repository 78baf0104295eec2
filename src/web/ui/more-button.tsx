/** The way to the next page of a list that is read bit by bit. */
import type { Pages } from '../api/use-pages.ts'
import { ProblemNotice } from './notice.tsx'
import { words } from './words.ts'

/** Nothing where there is no more. @example <MoreButton pages={usePages('GET /api/patients', {})} /> */
export function MoreButton({
  pages,
}: {
  readonly pages: Pick<Pages<unknown>, 'hasMore' | 'more' | 'isLoadingMore' | 'moreProblem'>
}) {
  if (!pages.hasMore) return null
  return (
    <>
      {pages.moreProblem && <ProblemNotice problem={pages.moreProblem} />}
      <p class="row not-printed">
        <button type="button" disabled={pages.isLoadingMore} onClick={() => void pages.more()}>
          {pages.isLoadingMore ? words().loading : words().more}
        </button>
      </p>
    </>
  )
}
