/** The path of a signal: an outline along the largest value of each column, and back along the least. */
import type { Extremes } from '../../signal-views/index.ts'
import { place, type Scale } from './scale.ts'

/** Columns from one without samples to the next. */
function* solidColumns({ min }: Extremes): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < min.length; from++) {
    if (Number.isNaN(min[from])) continue
    let to = from
    while (to < min.length && !Number.isNaN(min[to])) to++
    yield [from, to]
    from = to
  }
}

/** Moves to a first place, then from place to place: relative ones take half the characters. */
function createPen(): { to(x: number, y: number): void; lift(): void; readonly path: () => string } {
  let path = ''
  let at: readonly [number, number] | null = null
  return {
    to(x, y) {
      const [nextX, nextY] = [place(x), place(y)]
      path += at ? `l${place(nextX - at[0])} ${place(nextY - at[1])}` : `M${nextX} ${nextY}`
      at = [nextX, nextY]
    },
    lift() {
      path += 'z'
      at = null
    },
    path: () => path,
  }
}

/**
 * The outline of a signal; nothing where columns hold no samples.
 *
 * @param middle from a column to the place of its middle
 */
export function bandPath(extremes: Extremes, middle: Scale, y: Scale): string {
  const { min, max } = extremes
  const pen = createPen()
  for (const [from, to] of solidColumns(extremes)) {
    for (let k = from; k < to; k++) pen.to(middle(k), y(max[k] as number))
    for (let k = to - 1; k >= from; k--) pen.to(middle(k), y(min[k] as number))
    pen.lift()
  }
  return pen.path()
}
