/** Names as clients write them. */
import * as v from 'valibot'
import { printable, textOf } from '../http/text.ts'

const NAME = /^[a-z0-9][a-z0-9._@-]*$/

/** The login name of a new user. */
export const NewLoginName = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(64),
  v.regex(NAME, 'expected letters a to z, digits, and . _ @ - behind the first of them'),
  v.description('Up to 64 letters, digits and . _ @ -; capitals count as small letters. It never changes'),
)

/** A login name as somebody types it. */
export const LoginName = v.pipe(
  v.string(),
  v.maxLength(256),
  v.trim(),
  v.toLowerCase(),
  v.minLength(1),
  printable,
)

/** What people call a user. */
export const DisplayName = textOf(100)

/** The names of roles, or of permissions. */
export const wordList = (most: number) =>
  v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-z0-9:_.-]{1,80}$/, 'expected a name'))),
    v.maxLength(most),
    v.transform((words) => [...new Set(words)]),
  )

export const Id = v.pipe(v.string(), v.uuid())
export const params = v.object({ id: Id })
