/** The process's own terminal. */
import { writeSync } from 'node:fs'
import type { Terminal } from './command.ts'

/** Writes all of it, also into a pipe that takes it in parts; a reader that left is no error. */
function write(fd: 1 | 2, text: string, outlives: boolean): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE' && outlives) return
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      Bun.sleepSync(1)
    }
  }
}

/**
 * @param outlives whether the process goes on when nobody reads what it says, as a server does
 * @see https://no-color.org
 */
export const processTerminal = (outlives: boolean): Terminal => ({
  out: (text) => write(1, text, outlives),
  err: (text) => write(2, text, outlives),
  columns: process.stdout.columns || Number(process.env.COLUMNS) || 80,
  color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
  interactive: Boolean(process.stderr.isTTY),
})
