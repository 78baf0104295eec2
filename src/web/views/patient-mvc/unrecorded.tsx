/** Says that a value is of a muscle that no session records. */

import { isUnrecorded, type Muscle } from '../../mvc/recorded.ts'
import { Notice } from '../../ui/notice.tsx'
import { muscleName } from './muscle-name.ts'
import { words } from './words.ts'

/** Nothing where it is recorded, or nothing is known. */
export const Unrecorded = ({
  of,
  recorded,
}: {
  readonly of: Muscle
  readonly recorded: readonly Muscle[]
}) =>
  isUnrecorded(of, recorded) ? (
    <Notice kind="warning">
      <p>{words().unrecorded(recorded.map(muscleName).join(', '))}</p>
    </Notice>
  ) : null
