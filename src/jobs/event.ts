/** What has happened, told to those who want to know: durably, in the transaction of the change. */
import type * as v from 'valibot'
import type { JobRun, Trying } from './job.ts'

/** Any valibot schema. */
type Schema = v.GenericSchema<unknown, unknown>

/** A kind of event. The plugin that emits it exports it, so that others can listen. */
export interface EventType<S extends Schema = Schema> {
  /** What and what happened to it: `recording.stored`. */
  readonly name: string
  readonly schema: S
}

/**
 * Declares a kind of event. Name it under `emits` of the plugin, and emit it by `context.events`.
 *
 * @example
 * export const gripMeasured = event({ name: 'grip.measured', schema: v.object({ patientCode: v.string() }) })
 */
export const event = <const S extends Schema>(type: EventType<S>): EventType<S> => type

/** What is done when something has happened. */
type Handle<S extends Schema, Service> = (
  payload: v.InferOutput<S>,
  service: Service,
  run: Pick<JobRun, 'id' | 'attempt' | 'signal' | 'progress' | 'complete'>,
) => void | Promise<void>

/** What a plugin does when it hears of an event. */
export interface Handler<S extends Schema = Schema, Service = unknown> extends Trying {
  readonly event: EventType<S>
  handle(...args: Parameters<Handle<S, Service>>): void | Promise<void>
}

/**
 * Declares what is done when something has happened. Name it under `on` of the plugin. It is a job of its own: it comes
 * after the commit of the change, at least once, is tried again when it fails, and waits while its plugin is away.
 *
 * @example on(recordingStored, async ({ recordingId }, service: Grip) => service.measure(recordingId), { retries: 5 })
 */
export const on = <S extends Schema, Service = unknown>(
  type: EventType<S>,
  handle: Handle<S, Service>,
  trying: Trying = {},
): Handler<S, Service> => ({ ...trying, event: type, handle })
