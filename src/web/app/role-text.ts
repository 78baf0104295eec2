/** Roles in words. */
import { words } from './words.ts'

/** A role of a plugin has no words here: then its own name. */
export function roleText(role: string): string {
  const t = words()
  const texts: Readonly<Record<string, string>> = {
    admin: t.roleAdmin,
    therapist: t.roleTherapist,
    researcher: t.roleResearcher,
  }
  return texts[role] ?? role
}
