/** How much memory a process has resident. */
import { readFileSync } from 'node:fs'

/** Reads it of one process; undefined where it cannot be told, as of a process that has ended. */
export type MemoryReader = (pid: number) => number | undefined | Promise<number | undefined>

const inKiB = (text: string | undefined): number | undefined => (text ? Number(text) * 1024 : undefined)

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export const fromProc: MemoryReader = (pid) => {
  try {
    return inKiB(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1])
  } catch {
    return undefined
  }
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ps.html */
export const fromPs: MemoryReader = async (pid) => {
  try {
    const child = Bun.spawn(['ps', '-o', 'rss=', '-p', `${pid}`], { stdin: 'ignore', stderr: 'ignore' })
    return inKiB(/^\s*(\d+)\s*$/.exec(await new Response(child.stdout).text())?.[1])
  } catch {
    return undefined
  }
}

/** How memory is read here, and how often that may be done. */
export const MEMORY: { readonly read: MemoryReader; readonly everyMs: number } =
  process.platform === 'linux' ? { read: fromProc, everyMs: 25 } : { read: fromPs, everyMs: 250 }
