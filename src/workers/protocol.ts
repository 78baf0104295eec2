/** What a worker and its parent tell each other over the channel that Bun opens between them. */
import type { WireError } from './wire.ts'

/** A value or an error that has been encoded. */
export type Settled = { readonly value: Uint8Array } | { readonly error: WireError }

/** What a parent tells its worker. */
export type ToWorker =
  | {
      readonly type: 'run'
      readonly id: number
      readonly plugin: string
      readonly task: string
      readonly input: Uint8Array
    }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'answer'; readonly question: number; readonly settled: Settled }
  | { readonly type: 'quarantine'; readonly plugin: string; readonly reason: string }
  | { readonly type: 'collect' }

/** What a worker tells its parent. */
export type FromWorker =
  | { readonly type: 'ready'; readonly refused: readonly Quarantined[] }
  | { readonly type: 'settled'; readonly id: number; readonly settled: Settled }
  | { readonly type: 'ask'; readonly id: number; readonly question: number; readonly value: Uint8Array }
  | { readonly type: 'collected' }

/** A plugin that is set aside, and why. */
export interface Quarantined {
  readonly name: string
  readonly reason: string
  /** Whether it is others that it is set aside for, so that it may be taken once they are gone. */
  readonly blocked?: boolean
}

/** What a worker is born with, as JSON in its environment. */
export interface Birth {
  /** Path of the file of marks. */
  readonly marks: string
  readonly pluginTimeLimitMs: number
  /** Whether it has no external plugins but those that it is told to examine. */
  readonly alone: boolean
  /** What its parent has read in the configuration file. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Plugins whose code is not to be run at all. */
  readonly refused: readonly Quarantined[]
  /** Plugins that are set up, and then quarantined: others know of what they have added. */
  readonly quarantined: readonly Quarantined[]
}

/** The variable that holds the {@link Birth} of a worker. */
export const BIRTH = 'MYOSERVE_WORKER'
