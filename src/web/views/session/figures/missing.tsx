/** A figure that is not there, with its reason where one reads it. */
import { NO_FIGURE } from '../../../language/format.ts'
import { Said } from '../../../ui/said.tsx'

/** @param reason of the server, in English, or a sentence of the page */
export const MissingFigure = ({ reason }: { readonly reason: string }) => (
  <>
    {NO_FIGURE}
    <small>
      <Said text={reason} />
    </small>
  </>
)
