/** What there is to be allowed, and who is. Plugins declare both. */

/** A permission with the roles that have it from the start. */
export interface Permission {
  /** `noun:verb`. */
  readonly name: string
  /** One line for people who give it. */
  readonly summary: string
  /** Roles that have it beside `admin`, which has all. */
  readonly roles: readonly string[]
}

/** A role, as the host or a plugin declares it. */
export interface Role {
  readonly name: string
  readonly summary: string
  /** Permissions beside those that name the role themselves. */
  readonly permissions?: readonly string[]
  /** Whether it sees all patients, or those alone who are treated by the user. */
  readonly sees: 'all patients' | 'own patients'
  /** See {@link Identity.pseudonymous}. */
  readonly pseudonymous?: boolean
}

/** The roles that there are without any plugin. A service has the permissions of its key, and no others. */
export const ROLES: readonly Role[] = [
  { name: 'admin', summary: 'Runs the server: everything', sees: 'all patients' },
  { name: 'therapist', summary: 'Treats patients, and sees those alone', sees: 'own patients' },
  {
    name: 'researcher',
    summary: 'Reads and exports what is pseudonymised',
    sees: 'all patients',
    pseudonymous: true,
  },
  { name: 'service', summary: 'Lab software, by a key', sees: 'all patients' },
]

/** Who has a permission that says nothing of it: `admin` alone. */
export const permissionOf = (declared: string | Permission): Permission =>
  typeof declared === 'string' ? { name: declared, summary: declared, roles: [] } : declared

/** The names of declared permissions. */
export const permissionNames = (declared: readonly (string | Permission)[] = []): string[] =>
  declared.map((each) => permissionOf(each).name)
