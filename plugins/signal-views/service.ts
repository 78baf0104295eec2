/** Views of stored recordings, named before they are made. */
import { Problem } from '../../src/sdk.ts'
import type { RecordingChannel, RecordingRow } from '../c3d-reader/index.ts'
import {
  type AnalysisPlan,
  type Analyzer,
  chooseChannels,
  PIPELINE_VERSION,
  rateOf,
  requirePlan,
} from '../emg-analyzer/index.ts'
import { type CatalogueCache, lazyRecording, readCatalogue, readerOf } from './catalogue.ts'
import { gridOf } from './decimation/grid.ts'
import type { Drawn, NoPicture } from './decimation/level.ts'
import { drawChannel, type LevelCache, type PlannedChannel, type Provenance } from './drawing.ts'
import type { View } from './picture.ts'
import { MOST_VALUES, namedChannels, type SignalsRequest, stretchOf } from './request.ts'

/** Changes whenever the same request could be answered otherwise, beside the analysis. */
const VERSION = '1'

/** Of the parameters of an analysis, those that a picture depends on. */
const PICTURE_PARAMETERS = [
  'rateOverride',
  'minimumRateHz',
  'gaps',
  'removeOffset',
  'bandPass',
  'notch',
  'envelope',
] as const

/** What of an analysis a picture is made with. */
export type PictureParameters = Pick<AnalysisPlan['parameters'], (typeof PICTURE_PARAMETERS)[number]>

/** One channel of an answer. */
export type ChannelView = Omit<PlannedChannel, 'picture' | 'activated'> & {
  readonly drawn: Drawn | NoPicture
}

/** What is drawn of a recording, with all that it was made with. */
export interface SignalsAnswer {
  readonly view: View
  readonly preset: string
  readonly pipelineVersion: string
  readonly parameters: PictureParameters
  readonly channels: readonly ChannelView[]
  /** How the cache served that of its channels that took longest. */
  readonly provenance: Provenance
}

/** An answer that is known by name before it is made. */
export interface PreparedSignals {
  /** The same for the same answer. */
  readonly identity: string
  read(): Promise<SignalsAnswer>
}

/** Draws stored recordings. */
export interface SignalViews {
  /**
   * Looks up what is asked for, and so names it, without reading any samples.
   *
   * @throws {Problem} 400 BAD_PARAMETERS, BAD_RANGE, TOO_MANY_POINTS; 404 CHANNEL_NOT_FOUND
   * @throws {UnreadableRecording} when the stored bytes cannot be read any more
   */
  prepare(row: RecordingRow, request: SignalsRequest): Promise<PreparedSignals>
}

const hashOf = (parts: readonly unknown[]): string =>
  new Bun.CryptoHasher('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

const pictureParameters = ({ parameters }: AnalysisPlan): PictureParameters =>
  Object.fromEntries(PICTURE_PARAMETERS.map((name) => [name, parameters[name]])) as PictureParameters

const RANK = { HIT: 0, STALE: 1, MISS: 2 } as const

const NOTHING_DRAWN: Provenance = { status: 'MISS', tier: 'loader', ageMs: 0, reason: 'nothing to draw' }

const slowest = (reads: readonly Provenance[]): Provenance =>
  reads.reduce((a, b) => (RANK[b.status] > RANK[a.status] ? b : a), reads[0] ?? NOTHING_DRAWN)

/** The unit of a channel as the analysis takes it. */
function unitOf({ unit }: RecordingChannel, emg: boolean): Pick<PlannedChannel, 'unit' | 'unitBasis'> {
  const declared = unit?.trim() || null
  if (declared !== null) return { unit: declared, unitBasis: 'declared' }
  return emg ? { unit: 'V', unitBasis: 'assumed' } : { unit: null, unitBasis: null }
}

function checkBounds({ from, to, points }: SignalsRequest, channels: number): void {
  if (to !== undefined && to <= from) {
    throw new Problem(400, 'BAD_RANGE', `The range ends at ${to} ms, and starts at ${from} ms.`)
  }
  if (channels * points <= MOST_VALUES) return
  throw new Problem(
    400,
    'TOO_MANY_POINTS',
    `${channels} channels of ${points} points are more than ${MOST_VALUES} values; ask for fewer of either.`,
  )
}

export function createSignalViews(
  analyzer: Analyzer,
  caches: { readonly catalogue: CatalogueCache; readonly levels: LevelCache },
): SignalViews {
  const { recordings, records } = analyzer

  return {
    async prepare(row, request) {
      const { view, points } = request
      const plan = requirePlan(analyzer, request.analysis)
      const parameters = pictureParameters(plan)
      const recording = lazyRecording(recordings, row)
      const reader = readerOf(recordings, row)
      const session = (await records.sessions.ofRecording(row.id)) ?? null
      const [channels, assignments] = await Promise.all([
        readCatalogue(caches.catalogue, row, recording, reader),
        analyzer.assignmentsOf(row, session),
      ])
      const choice = chooseChannels(channels, assignments)
      const asked = request.channels ? namedChannels(channels, request.channels) : choice.emg
      checkBounds(request, asked.length)
      // The device's own picture has no parameters.
      const made = view === 'activated' ? null : parameters
      const plannedOf = (channel: RecordingChannel): PlannedChannel => {
        const emg = choice.emg.includes(channel)
        const rate = rateOf(channel, plan.parameters)
        const activated = choice.activated.get(channel.index)
        const drawn = view === 'activated' && activated ? activated : channel
        return {
          channel,
          activated,
          emg,
          ...unitOf(drawn, emg),
          rate,
          grid: gridOf(stretchOf(request, rate, channel.length), channel.length, points),
          picture: hashOf([VERSION, PIPELINE_VERSION, reader, view, emg, made]),
        }
      }
      const planned = asked.map(plannedOf)
      const drawnFrom = planned.map(({ channel, activated, grid, picture }) => [
        channel.index,
        activated?.index,
        grid,
        picture,
      ])
      return {
        identity: hashOf([row.id, row.sha256, plan.preset, parameters, drawnFrom]),
        async read() {
          const source = { fileHash: row.sha256, recording, view, plan }
          const drawn: ChannelView[] = []
          const reads: Provenance[] = []
          // One after the other, so that others get their turn in between.
          for (const { picture, activated, ...rest } of planned) {
            const one = await drawChannel({ ...rest, picture, activated }, source, caches.levels)
            drawn.push({ ...rest, drawn: one.drawn })
            reads.push(one.provenance)
          }
          return {
            view,
            preset: plan.preset,
            pipelineVersion: PIPELINE_VERSION,
            parameters,
            channels: drawn,
            provenance: slowest(reads),
          }
        },
      }
    },
  }
}
