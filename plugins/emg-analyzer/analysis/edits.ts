/** Contractions that somebody added, moved or removed by hand. Each edit stays; the last word counts. */
import * as v from 'valibot'
import type { Run } from './conditioning/gaps.ts'

const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.description('ms from the first sample'))
const channel = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.description('Place of the channel in the file'),
)

const Add = v.pipe(
  v.strictObject({ kind: v.literal('add'), channel, startMs: milliseconds, endMs: milliseconds }),
  v.check(({ startMs, endMs }) => startMs < endMs, 'expected startMs before endMs'),
)
const Remove = v.strictObject({
  kind: v.literal('remove'),
  channel,
  atMs: v.pipe(milliseconds, v.description('A time within the contraction')),
})
const Move = v.pipe(
  v.strictObject({
    kind: v.literal('move'),
    channel,
    atMs: v.pipe(milliseconds, v.description('A time within the contraction as it was')),
    startMs: milliseconds,
    endMs: milliseconds,
  }),
  v.check(({ startMs, endMs }) => startMs < endMs, 'expected startMs before endMs'),
)

export const ContractionEditSchema = v.variant('kind', [Add, Remove, Move])

/** What somebody has changed about the contractions of a channel. */
export type ContractionEdit = v.InferOutput<typeof ContractionEditSchema>

/** A contraction, and whether somebody set it. */
export interface MarkedRun extends Run {
  readonly source: 'detected' | 'edited'
}

export interface EditedRuns {
  readonly runs: MarkedRun[]
  /** Edits that found no contraction at their time, or set none within the recording. They change nothing. */
  readonly missed: ContractionEdit[]
}

const overlaps = (a: Run, b: Run): boolean => a.start < b.end && b.start < a.end

/** Sets a run; what it overlaps gives way to it. */
const place = (runs: readonly MarkedRun[], run: Run): MarkedRun[] =>
  [...runs.filter((each) => !overlaps(each, run)), { ...run, source: 'edited' as const }].sort(
    (a, b) => a.start - b.start,
  )

const runAt = (runs: readonly MarkedRun[], at: number): MarkedRun | undefined =>
  runs.find(({ start, end }) => start <= at && at < end)

/** Undefined where nothing of it lies in the recording, or it is shorter than a sample. */
function spanOf(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  sampleAt: (ms: number) => number,
): Run | undefined {
  const [start, end] = [sampleAt(startMs), sampleAt(endMs)]
  return start < end ? { start, end } : undefined
}

/**
 * Applies edits in the order in which they were made.
 *
 * @param samples of the recording: an edit beyond its end is cut there
 */
export function applyEdits(
  detected: readonly Run[],
  edits: readonly ContractionEdit[],
  recording: { readonly samples: number; readonly rate: number },
): EditedRuns {
  const { samples, rate } = recording
  const sampleAt = (ms: number): number => Math.min(samples, Math.round((ms / 1000) * rate))
  let runs: MarkedRun[] = detected.map((run) => ({ ...run, source: 'detected' }))
  const missed: ContractionEdit[] = []
  for (const edit of edits) {
    const found = edit.kind === 'add' ? undefined : runAt(runs, sampleAt(edit.atMs))
    const run = edit.kind === 'remove' ? undefined : spanOf(edit, sampleAt)
    // An edit that cannot be made leaves everything as it was: a move does not remove what it moves to nowhere.
    if ((edit.kind !== 'add' && !found) || (edit.kind !== 'remove' && !run)) {
      missed.push(edit)
      continue
    }
    if (found) runs = runs.filter((each) => each !== found)
    if (run) runs = place(runs, run)
  }
  return { runs, missed }
}
