/** Times sides in turn, so that what slows the machine down slows all of them down. */

/** One comparison, as the table and `--json` show it. */
export interface Row {
  readonly name: string
  readonly ours: number
  readonly peer: number
  /** How many times better ours is: peer over ours, of costs. */
  readonly ratio: number
  readonly unit: 'µs' | 'ms' | 'MB' | 'runs'
  /** The least ratio that is promised; null: for information. */
  readonly target: number | null
}

/** What each side cost, round by round. */
export type Costs<Name extends string> = Readonly<Record<Name, readonly number[]>>

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] as number

/** One figure of each side. */
export const row = (
  name: string,
  [ours, peer]: readonly [number, number],
  unit: Row['unit'],
  target: number | null = null,
): Row => ({ name, ours, peer, ratio: peer / ours, unit, target })

/** Medians, and the median of the ratios round by round: both sides of a round saw the same machine. */
export function compare(
  name: string,
  [ours, peer]: readonly [readonly number[], readonly number[]],
  unit: Row['unit'],
  target: number | null = null,
): Row {
  const ratio = median(ours.map((each, round) => (peer[round] as number) / each))
  return { name, ours: median(ours), peer: median(peer), ratio, unit, target }
}

/** Rounds before those that count. */
const WARM_UP = 2

/**
 * Runs every side once a round, each round beginning with another one, after rounds of warm-up.
 *
 * @param run does the same work for the side it is given, and answers what that cost
 */
export async function interleave<Name extends string>(
  names: readonly Name[],
  rounds: number,
  run: (name: Name) => Promise<number>,
): Promise<Costs<Name>> {
  const costs = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -WARM_UP; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + WARM_UP) % names.length] as Name
      const cost = await run(name)
      if (round >= 0) costs[name].push(cost)
    }
  }
  return costs
}
