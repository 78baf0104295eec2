/** Browser and system in a few words, so that people know their login sessions apart. */

/** Of several that match, the first: most browsers name others too. */
const PROGRAMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*\bSafari\//, 'Safari'],
  [/^curl\/(\d+)/, 'curl'],
]

const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bWindows\b/, 'Windows'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Longer headers are not looked at to their end. */
const LOOKED_AT = 512

/** At most 80 characters, all of them from the tables above or digits. */
export function shortAgent(header: string | undefined): string {
  const text = (header ?? '').slice(0, LOOKED_AT)
  const [program = ''] = PROGRAMS.flatMap(([pattern, name]) => {
    const match = pattern.exec(text)
    return match ? [`${name} ${match[1]?.slice(0, 4)}`] : []
  })
  const [system = ''] = SYSTEMS.flatMap(([pattern, name]) => (pattern.test(text) ? [name] : []))
  return [program || 'another program', system].filter(Boolean).join(' on ')
}
