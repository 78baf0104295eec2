/** A new user as the form holds it. */

/** What is wrong with a login name; the server takes small letters only, and writes others small. */
export function nameFault(name: string): 'missing' | 'tooLong' | 'characters' | undefined {
  const text = name.trim().toLowerCase()
  if (text === '') return 'missing'
  if (text.length > 64) return 'tooLong'
  return /^[a-z0-9][a-z0-9._@-]*$/.test(text) ? undefined : 'characters'
}

/** The whole address of a one-time link. @param origin of the page, such as `https://emg.example` */
export const linkOf = (path: string, origin: string): string => new URL(path, origin).href
