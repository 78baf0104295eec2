/** Values and errors as they cross between a worker and its parent. */
import { deserialize, serialize } from 'bun:jsc'
import { Failure } from '../exit.ts'
import { Problem } from '../http/problem.ts'
import { PluginFault } from './fault.ts'

/** More than that is named, not sent. */
const MOST_BYTES = 64 * 2 ** 20

/** A value as the structured clone algorithm writes it. @throws {DataCloneError} {RangeError} */
export function encode(value: unknown, most = MOST_BYTES): Uint8Array {
  const bytes = new Uint8Array(serialize(value))
  if (bytes.length > most) {
    throw new RangeError(`${bytes.length} bytes are too many to send; the limit is ${most}`)
  }
  return bytes
}

/** Reads what {@link encode} wrote. */
export const decode = (bytes: Uint8Array): unknown => deserialize(bytes)

/** An error that has crossed. */
export interface WireError {
  readonly name: string
  readonly message: string
  readonly stack: string
  /** The marks by which the program knows its errors: keys of `Symbol.for`. */
  readonly marks: readonly string[]
  /** Its other properties, encoded, as far as they can be. */
  readonly fields: Uint8Array
  readonly cause?: WireError
}

/** Errors with methods, by their marks. */
const PROTOTYPES: ReadonlyMap<symbol, object> = new Map<symbol, object>([
  [Symbol.for('myoserve:plugin-fault'), PluginFault.prototype],
  [Symbol.for('myoserve:problem'), Problem.prototype],
  [Symbol.for('myoserve:failure'), Failure.prototype],
])

const MOST_FIELDS = 16
const MOST_FIELD_BYTES = 2 ** 20

const OWN = new Set(['name', 'message', 'stack', 'cause'])

function fieldsOf(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(error).slice(0, MOST_FIELDS)) {
    if (OWN.has(key)) continue
    try {
      encode(value, MOST_FIELD_BYTES)
      fields[key] = value
    } catch {
      // What cannot be sent is left out: the message says it.
    }
  }
  return fields
}

/** @param depth how many causes of it have been taken already */
export function encodeError(thrown: unknown, depth = 0): WireError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const marks = Object.getOwnPropertySymbols(error).flatMap((symbol) => Symbol.keyFor(symbol) ?? [])
  return {
    name: String(error.name),
    message: String(error.message),
    stack: String(error.stack),
    marks,
    fields: encode(fieldsOf(error)),
    ...(error.cause !== undefined && depth < 4 ? { cause: encodeError(error.cause, depth + 1) } : {}),
  }
}

/** The error again: with its name, its marks and its properties. */
export function decodeError({ name, message, stack, marks, fields, cause }: WireError): Error {
  const error = new Error(message, cause && { cause: decodeError(cause) })
  for (const mark of marks.map((key) => Symbol.for(key))) {
    const prototype = PROTOTYPES.get(mark)
    if (prototype) Object.setPrototypeOf(error, prototype)
    Object.defineProperty(error, mark, { value: true })
  }
  Object.defineProperty(error, 'name', { value: name, configurable: true })
  Object.defineProperty(error, 'stack', { value: stack, configurable: true })
  return Object.assign(error, decode(fields))
}
