/** What every reader must still hold where the file is damaged. */
import { expect } from 'bun:test'
import fc from 'fast-check'

/** Far above what a file of a few kilobytes takes, far below what a loop that does not end does. */
const LONGEST_MS = 1000

/** How to damage files of a format, and to read them. */
export interface DamagedFormat<Damage> {
  readonly damage: fc.Arbitrary<Damage>
  damaged(damage: Damage): Uint8Array
  /** Reads the bytes and everything they hold. @returns the code of the refusal, or `READ` */
  readAll(bytes: Uint8Array): string
}

/** Has damaged files end, in no long time, in a code or a recording, and in more than so many ways. */
export function expectSoundEndings<Damage>(
  { damage, damaged, readAll }: DamagedFormat<Damage>,
  { runs, endings: least }: { readonly runs: number; readonly endings: number },
): void {
  const endings = new Map<string, number>()
  let longest = 0
  fc.assert(
    fc.property(damage, (made) => {
      const bytes = damaged(made)
      const start = performance.now()
      const ending = readAll(bytes)
      longest = Math.max(longest, performance.now() - start)
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
    }),
    { numRuns: runs },
  )
  expect(longest).toBeLessThan(LONGEST_MS)
  // The damage has to be neither harmless nor hopeless, or it tests nothing.
  expect(endings.get('READ')).toBeGreaterThan(runs / 10)
  expect(endings.size).toBeGreaterThan(least)
}

/** JSON turns NaN into null without a word, so the object itself is searched. @throws where there is one */
export function refuseNonFinite(value: unknown, path = ''): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`)
  if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) refuseNonFinite(member, `${path}.${key}`)
}
