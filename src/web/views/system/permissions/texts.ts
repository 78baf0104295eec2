/** What roles and permissions are called. */
import { wordOf } from '../word-of.ts'
import { words } from './words.ts'

/** What a permission allows; by its own summary where this page has no words for it. */
export const permissionText = ({
  name,
  summary,
}: {
  readonly name: string
  readonly summary: string
}): string => wordOf(words(), name.replaceAll(/[:.-]/g, '_')) ?? summary

export const roleName = (name: string): string => wordOf(words(), `role_${name}`) ?? name

export const roleText = ({ name, summary }: { readonly name: string; readonly summary: string }): string =>
  wordOf(words(), `roleText_${name}`) ?? summary

/** Made for keys; no user may have it. */
const FOR_KEYS = 'service'

export const rolesForUsers = <R extends { readonly name: string }>(roles: readonly R[]): readonly R[] =>
  roles.filter(({ name }) => name !== FOR_KEYS)
