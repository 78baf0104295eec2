/** What helps a plugin that is not at work. */

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
