/** Why a plugin is not at work, and what helps. */

/**
 * The commands that help. The reason often names one itself; otherwise one of the plugins folder is tried again by
 * `reload`, and what needs another one waits for that.
 *
 * @param reason as `GET /health` says it
 */
export function commandsFor(name: string, reason: string | undefined): readonly string[] {
  const named = [...(reason ?? '').matchAll(/`(myoserve [^`]+)`/g)].map(([, command]) => command as string)
  if (named.length > 0) return named
  const [, needed] = /^it needs ([\w-]+), which is not installed/.exec(reason ?? '') ?? []
  if (needed !== undefined) return [`myoserve plugin enable ${needed}`, 'myoserve plugin add PATH']
  const [, waitsFor] = /^it needs ([\w-]+), which is quarantined/.exec(reason ?? '') ?? []
  return [`myoserve plugin reload ${waitsFor ?? name}`]
}

/** Why a plugin is not at work, as far as this page has words for it. */
export type Cause =
  | { readonly kind: 'notPinned' | 'changed' | 'filesMissing' | 'link' | 'other' }
  | { readonly kind: 'needsInstalled' | 'needsWorking'; readonly plugin: string }

const CAUSES = [
  [/^it is not pinned/, 'notPinned'],
  [/^its files were changed/, 'changed'],
  [/^its files are missing/, 'filesMissing'],
  [/symbolic link/, 'link'],
] as const

/** @param reason as `GET /health` says it */
export function causeOf(reason: string): Cause {
  const [, plugin, how] = /^it needs ([\w-]+), which is (not installed|quarantined)/.exec(reason) ?? []
  if (plugin !== undefined) return { kind: how === 'quarantined' ? 'needsWorking' : 'needsInstalled', plugin }
  return { kind: CAUSES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other' }
}
