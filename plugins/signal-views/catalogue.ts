/** What is known of the channels of a recording without its samples, so that a cached view takes no look into the file. */
import * as v from 'valibot'
import type { Cache, CacheRead } from '../../src/sdk.ts'
import type { Recording, RecordingChannel, RecordingRow, RecordingService } from '../c3d-reader/index.ts'
import { stampOf } from '../c3d-reader/index.ts'

export const CatalogueSchema = v.array(
  v.object({
    index: v.number(),
    label: v.string(),
    name: v.string(),
    description: v.string(),
    unit: v.nullable(v.string()),
    rate: v.number(),
    length: v.number(),
    forcePlate: v.boolean(),
  }),
)

type Catalogue = v.InferOutput<typeof CatalogueSchema>

export type CatalogueCache = Cache<{ readonly fileHash: string }, Catalogue>

/** A stored recording whose file is read when it is needed, once. */
export interface LazyRecording {
  /** @throws {UnreadableRecording} */
  open(): Promise<Recording>
}

export function lazyRecording({ store }: RecordingService, row: RecordingRow): LazyRecording {
  let opened: Promise<Recording> | undefined
  return {
    open() {
      opened ??= store.open(row)
      return opened
    },
  }
}

/** Another version of the plugin that reads a file may read it otherwise. */
export const readerOf = ({ formats }: RecordingService, { format }: RecordingRow): string =>
  JSON.stringify(stampOf(formats.ownerOf(format)))

const withoutSamples = (): never => {
  throw new Error('the catalogue of a recording has no samples')
}

/** The channels of a recording; their samples are to be asked of the recording itself. */
export async function readCatalogue(
  cache: CatalogueCache,
  row: RecordingRow,
  recording: LazyRecording,
  inputs: string,
): Promise<RecordingChannel[]> {
  const load = async (): Promise<Catalogue> =>
    (await recording.open()).channels.map(({ samples: _, ...facts }) => ({ ...facts }))
  const { value }: CacheRead<Catalogue> = await cache.getOrLoad({ fileHash: row.sha256 }, load, { inputs })
  return value.map((facts) => ({ ...facts, samples: withoutSamples }))
}
