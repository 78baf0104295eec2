/** One channel drawn: from the level of a pyramid, which the cache keeps, or from the samples where a range is short. */
import type { Cache, CacheRead } from '../../src/sdk.ts'
import type { RecordingChannel } from '../c3d-reader/index.ts'
import type { AnalysisPlan } from '../emg-analyzer/index.ts'
import type { LazyRecording } from './catalogue.ts'
import type { Block, Grid } from './decimation/grid.ts'
import {
  type Drawn,
  drawLevel,
  drawSamples,
  levelOf,
  type NoPicture,
  packLevel,
  unpackLevel,
} from './decimation/level.ts'
import { drawPicture, type View } from './picture.ts'

/** Levels of pyramids. Their pictures are named by all that they are made with. */
export type LevelCache = Cache<
  {
    readonly fileHash: string
    readonly picture: string
    readonly channel: string
    readonly block: string
  },
  Uint8Array
>

/** A channel of an answer, before it is drawn. */
export interface PlannedChannel {
  /** Without samples. */
  readonly channel: RecordingChannel
  readonly activated: RecordingChannel | undefined
  /** Whether the analysis takes it for EMG. */
  readonly emg: boolean
  /** Of what is drawn; null: the file declares none, and the channel is not taken for EMG. */
  readonly unit: string | null
  readonly unitBasis: 'declared' | 'assumed' | null
  /** Samples per second, as they are used. */
  readonly rate: number
  readonly grid: Grid
  /** Names the picture. */
  readonly picture: string
}

/** How the cache served something. */
export type Provenance = Omit<CacheRead<unknown>, 'value'>

interface Source {
  readonly fileHash: string
  readonly recording: LazyRecording
  readonly view: View
  readonly plan: AnalysisPlan
}

const FROM_SAMPLES: Provenance = {
  status: 'MISS',
  tier: 'loader',
  ageMs: 0,
  reason: 'drawn from the samples',
}

async function pictureOf(
  { channel, activated, emg }: PlannedChannel,
  { recording, view, plan }: Source,
): ReturnType<typeof drawPicture> {
  const { channels } = await recording.open()
  const withSamples = ({ index }: RecordingChannel): RecordingChannel => channels[index] as RecordingChannel
  const drawn = activated && { activated: withSamples(activated) }
  return drawPicture(view, { channel: withSamples(channel), emg, ...drawn }, plan)
}

export async function drawChannel(
  planned: PlannedChannel,
  source: Source,
  levels: LevelCache,
): Promise<{ readonly drawn: Drawn | NoPicture; readonly provenance: Provenance }> {
  const { channel, grid, picture } = planned
  const { block } = grid
  if (block === null) {
    const made = await pictureOf(planned, source)
    return { drawn: 'reason' in made ? made : drawSamples(made, grid), provenance: FROM_SAMPLES }
  }
  const key = { fileHash: source.fileHash, picture, channel: String(channel.index), block: String(block) }
  const { value, ...provenance } = await levels.getOrLoad(key, async () => {
    const made = await pictureOf(planned, source)
    return packLevel('reason' in made ? made : levelOf(made, block))
  })
  const level = unpackLevel(value)
  const drawn = 'reason' in level ? level : drawLevel(level, grid as Grid & { readonly block: Block })
  return { drawn, provenance }
}
