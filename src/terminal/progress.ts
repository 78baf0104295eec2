/** A progress bar on standard error, drawn only where a person watches. */
import type { Terminal } from './command.ts'

const WIDTH = 24

/** Counts up to `total`; `done` wipes the line. */
export interface Progress {
  step(label: string): void
  done(): void
}

/** A progress bar of `total` steps on an interactive terminal, and nothing on any other. */
export function createProgress(terminal: Terminal, total: number): Progress {
  let count = 0
  if (!terminal.interactive || total < 2) return { step() {}, done() {} }
  const wipe = '\r\u001b[K'
  return {
    step(label) {
      const filled = Math.round((count / total) * WIDTH)
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
      const line = `${bar} ${count}/${total} ${label}`
      terminal.err(wipe + line.slice(0, terminal.columns - 1))
      count++
    },
    done() {
      terminal.err(wipe)
    },
  }
}
