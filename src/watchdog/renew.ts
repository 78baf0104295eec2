/** Puts a new process in place of this one, under the same number, from any thread of it. */
import { dlopen, FFIType, ptr } from 'bun:ffi'

/** Where the system keeps its C library. */
const LIBC: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'libc.so.6',
  darwin: 'libSystem.dylib',
}
const SIG_SETMASK: Readonly<Partial<Record<NodeJS.Platform, number>>> = { linux: 2, darwin: 3 }
/** Larger than any sigset_t. */
const SIGSET_BYTES = 128

/** A list of C strings that ends in a null; both have to be kept as long as it is used. */
function stringsOf(list: readonly string[]): { readonly pointers: BigUint64Array; readonly texts: Buffer[] } {
  const texts = list.map((text) => Buffer.from(`${text}\0`))
  const pointers = new BigUint64Array(texts.length + 1)
  for (const [i, text] of texts.entries()) pointers[i] = BigInt(ptr(text))
  return { pointers, texts }
}

/**
 * `process.execve` does so for the main thread alone, which is the one that stands still.
 *
 * @returns only where that failed
 * @throws where the system has no such call
 * @see https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function renew(command: readonly string[], env: Readonly<Record<string, string>>): void {
  const library = LIBC[process.platform]
  if (library === undefined) throw new Error(`there is no execve on ${process.platform}`)
  const { symbols } = dlopen(library, {
    execve: { args: [FFIType.ptr, FFIType.ptr, FFIType.ptr], returns: FFIType.i32 },
    pthread_sigmask: { args: [FFIType.i32, FFIType.ptr, FFIType.ptr], returns: FFIType.i32 },
  })
  // A thread may have signals blocked, and the new process would have it from this one.
  const none = new Uint8Array(SIGSET_BYTES)
  symbols.pthread_sigmask(SIG_SETMASK[process.platform] as number, ptr(none), null)
  const argv = stringsOf(command)
  const variables = stringsOf(Object.entries(env).map(([name, value]) => `${name}=${value}`))
  symbols.execve(argv.pointers[0] as unknown as never, ptr(argv.pointers), ptr(variables.pointers))
}
