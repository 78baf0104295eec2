/** Walks through a page of the documentation: runs its lines in a folder that holds only the program. */
import { expect } from 'bun:test'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { read } from '../house/pages/read.ts'
import { cleanEnv } from '../support/cli.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import type { Target } from '../support/targets.ts'

/** A code block that the tests run, or hold what was run against. */
export interface Step {
  /** What stands behind the three backticks. */
  readonly kind: string
  readonly text: string
}

export const stepsOf = (page: string): readonly Step[] =>
  [
    ...read(page).matchAll(/^```(sh run|sh serve|sh rest|(?:ts|js) file=\S+|text output)\n([\s\S]*?)^```$/gm),
  ].map(([, kind = '', text = '']) => ({ kind, text }))

/** Names for `test.each`. */
export const namedSteps = (steps: readonly Step[]) =>
  steps.map((step, i) => [`${i + 1}: ${step.kind}: ${step.text.split('\n')[0]}`, step] as const)

/** The path that a step names for its text; undefined where it is no file. */
export const fileOf = ({ kind }: Step): string | undefined => /^\w+ file=(.*)$/.exec(kind)?.[1]

export interface Walkthrough extends AsyncDisposable {
  /** Absolute path of what stands in the folder. */
  inside(path: string): string
  /** Takes a step. Outputs are held against what the step before it printed or was answered. */
  take(step: Step): Promise<void>
  /** Starts a server with these arguments; it ends with the walk. */
  serve(args: readonly string[]): Promise<TestServer>
}

const PATIENCE_MS = 10_000

/** One request of curl: `-i` shows the headers too, `-X POST` and `-d` post. */
const CURL =
  /^curl( -i)?( -X POST)?(?: -H '([^']+): ([^']+)' -d '([^']+)')? 'http:\/\/127\.0\.0\.1:8080(\S+)'\n$/

/** @param target `myoserve` on the path of the lines that are run, in the folder `work` */
export async function startWalkthrough(target: Target): Promise<Walkthrough> {
  const folder = await temporaryFolder('myoserve-walkthrough-')
  const inside = (path: string): string => join(folder.path, path)
  let server: TestServer | undefined
  let printed = ''
  /** Asks again what was asked last, where asking changes nothing: what jobs do comes a moment later. */
  let again: (() => Promise<string>) | undefined

  await mkdir(inside('bin'))
  await mkdir(inside('work'))
  await writeFile(
    inside('bin/myoserve'),
    `#!/bin/sh\nexec ${target.command.map((word) => `'${word}'`).join(' ')} "$@"\n`,
  )
  await chmod(inside('bin/myoserve'), 0o755)

  async function run(text: string): Promise<string> {
    const child = Bun.spawn(['sh', '-ec', text], {
      cwd: inside('work'),
      env: { ...cleanEnv({ MYOSERVE_DATA: inside('data') }), PATH: `${inside('bin')}:${process.env.PATH}` },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ])
    const complaint = /^myoserve:.*$/m.exec(err)?.[0]
    expect([text, await child.exited, complaint]).toEqual([text, 0, undefined])
    return out
  }

  async function serve(args: readonly string[]): Promise<TestServer> {
    server = await startTestServer(target, { data: inside('data'), args })
    return server
  }

  /** `ID` stands for the id of a recording. */
  async function rest(text: string): Promise<string> {
    const [, headers, post, name, value, body, path = ''] = CURL.exec(text) ?? []
    const list = (await (await fetch(`${server?.url}/api/recordings`)).json()) as {
      items: Array<{ id: string; fileName: string }>
    }
    const id = list.items.find(({ fileName }) => fileName === 'knee-extension.c3d')?.id ?? ''
    const answer = await fetch(
      `${server?.url}${path.replace(/\/ID(?=[/?]|$)/, `/${id}`)}`,
      post || body !== undefined
        ? { method: 'POST', ...(body !== undefined && { headers: { [name ?? '']: value ?? '' }, body }) }
        : {},
    )
    expect([text, answer.ok]).toEqual([text, true])
    const head = [...answer.headers].map(([key, each]) => `${key}: ${each}\n`).join('')
    return `${headers ? head : ''}${await answer.text()}`
  }

  return {
    inside,
    serve,
    async take(step) {
      const { kind, text } = step
      const path = fileOf(step)
      if (path !== undefined) {
        await mkdir(dirname(inside(join('work', path))), { recursive: true })
        await writeFile(inside(join('work', path)), text)
      } else if (kind === 'text output') {
        const lines = text.trimEnd().split('\n')
        for (const until = Date.now() + PATIENCE_MS; again && Date.now() < until; await Bun.sleep(50)) {
          if (lines.every((line) => printed.includes(line))) break
          printed = await again()
        }
        // What was printed may be long: a failure shows the line that is missing.
        expect(lines.filter((line) => !printed.includes(line))).toEqual([])
      } else {
        again = kind === 'sh rest' && !/ -[Xd] /.test(text) ? () => rest(text) : undefined
        if (kind === 'sh run') printed = await run(text)
        else if (kind === 'sh serve') printed = (await serve(text.trim().split(' ').slice(2))).banner
        else printed = await rest(text)
      }
    },
    async [Symbol.asyncDispose]() {
      if (server) expect(await server.kill()).toBe(0)
      await folder[Symbol.asyncDispose]()
    },
  }
}
