/** Runs one command of the product to its end. */
import { TARGETS, type Target } from './targets.ts'

export interface Finished {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The environment of a test: nothing of the developer's settings leaks in, but where temporary files stand. */
export const cleanEnv = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '/tmp',
  ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR }),
  NO_COLOR: '1',
  // What is tested of access sets it itself.
  ACCESS: 'open',
  ...extra,
})

/** @param options.cwd defaults to a folder that holds nothing of the project */
export async function runCli(
  target: Target,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Finished> {
  const child = Bun.spawn([...target.command, ...args], {
    cwd: options.cwd ?? '/',
    env: cleanEnv(options.env),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { exitCode, stdout, stderr }
}

/** The product as it runs from source. */
export const SOURCE = TARGETS[0] as Target
