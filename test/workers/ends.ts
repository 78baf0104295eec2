/** Whether processes end. */
import { readFileSync } from 'node:fs'

/** Whether a process runs no more. One whose end nobody takes note of stays as a zombie. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform === 'linux' && /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return true
  }
}

/** Waits for a process to end. */
export async function endsWithin(pid: number, ms: number): Promise<boolean> {
  for (const late = performance.now() + ms; performance.now() < late; ) {
    if (isGone(pid)) return true
    await Bun.sleep(10)
  }
  return false
}
