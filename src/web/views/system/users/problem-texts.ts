/** Why something about a user was refused. */
import type { ProblemTexts } from '../../../ui/problem-text.ts'
import { words } from './words.ts'

export function userProblems(): ProblemTexts {
  const { USER_NAME_TAKEN, LAST_ADMINISTRATOR, ROLES_CONFLICT, PERMISSION_DENIED, USER_NOT_FOUND } = words()
  return { USER_NAME_TAKEN, LAST_ADMINISTRATOR, ROLES_CONFLICT, PERMISSION_DENIED, USER_NOT_FOUND }
}
