/** Reads a secret: what is typed at a terminal is not shown, and what comes by a pipe is its first line. */
import { EXIT, Failure } from '../exit.ts'
import type { Terminal } from './command.ts'

/** Longer lines are none that somebody means. */
const MOST = 4096

const INTERRUPT = '\u0003'
const END = '\u0004'
const ERASE = new Set(['\u007f', '\b'])

const cancelled = (): Failure => new Failure(EXIT.usage, 'no password was given')

/** Characters as they come; ends with its input. */
async function* characters(): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of process.stdin) yield* decoder.decode(chunk as Uint8Array, { stream: true })
}

async function line(): Promise<string> {
  let text = ''
  for await (const character of characters()) {
    if (character === '\n' || character === '\r') return text
    if (character === INTERRUPT || (character === END && text === '')) throw cancelled()
    if (ERASE.has(character)) text = [...text].slice(0, -1).join('')
    else if (text.length < MOST) text += character
  }
  return text
}

/**
 * @param prompt shown where somebody types
 * @throws {Failure} 64 where nothing is given
 */
export async function readSecret(prompt: string, terminal: Terminal): Promise<string> {
  const { stdin } = process
  const isTyped = stdin.isTTY
  if (isTyped) {
    terminal.err(prompt)
    stdin.setRawMode(true)
  }
  try {
    const text = await line()
    if (text === '') throw cancelled()
    return text
  } finally {
    if (isTyped) {
      stdin.setRawMode(false)
      terminal.err('\n')
    }
    stdin.pause()
  }
}
