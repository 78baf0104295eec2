/** Pieces that were fetched, by picture and channel; those that were not drawn for longest go first. */
import type { Piece } from './piece.ts'

interface Entry {
  readonly piece: Piece
  used: number
}

export interface PieceStore {
  /** Of a channel, the finest first. */
  readonly of: (picture: string, channel: number) => readonly Piece[]
  readonly put: (picture: string, pieces: readonly Piece[]) => void
  /** Bytes of all that is kept. */
  readonly size: () => number
}

const bytesOf = ({ low, high }: Piece): number => low.byteLength + (high === low ? 0 : high.byteLength) + 256

const isWithin = (inner: Piece, outer: Piece): boolean =>
  inner.startMs >= outer.startMs - 1e-6 &&
  inner.endMs <= outer.endMs + 1e-6 &&
  inner.stepMs >= outer.stepMs - 1e-9

/** @param mostBytes that are kept; what was drawn last is kept even where it is more */
export function createStore(mostBytes: number): PieceStore {
  const entries = new Map<string, Entry[]>()
  let clock = 0
  let bytes = 0

  const drop = (key: string, gone: (entry: Entry) => boolean): void => {
    const kept = (entries.get(key) ?? []).filter((entry) => {
      if (!gone(entry)) return true
      bytes -= bytesOf(entry.piece)
      return false
    })
    if (kept.length > 0) entries.set(key, kept)
    else entries.delete(key)
  }

  function makeRoom(newest: number): void {
    const old = [...entries]
      .flatMap(([key, list]) => list.map((entry) => ({ key, entry })))
      .filter(({ entry }) => entry.used < newest)
      .sort((a, b) => a.entry.used - b.entry.used)
    for (const { key, entry } of old) {
      if (bytes <= mostBytes) return
      drop(key, (each) => each === entry)
    }
  }

  return {
    of(picture, channel) {
      const list = entries.get(`${channel} ${picture}`) ?? []
      clock++
      for (const entry of list) entry.used = clock
      return list.map(({ piece }) => piece)
    },
    put(picture, pieces) {
      const now = ++clock
      for (const piece of pieces) {
        const key = `${piece.channel} ${picture}`
        // What a finer one says as well says nothing any more.
        drop(key, (entry) => isWithin(entry.piece, piece))
        const list = [...(entries.get(key) ?? []), { piece, used: now }]
        entries.set(
          key,
          list.sort((a, b) => a.piece.stepMs - b.piece.stepMs),
        )
        bytes += bytesOf(piece)
      }
      if (bytes > mostBytes) makeRoom(now)
    },
    size: () => bytes,
  }
}
