/** `myoserve plugin build DIR`: a plugin as one file, with the packages it brings. */
import { mkdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import { entryOf } from '../../plugin/external/import.ts'
import { isRefusal } from '../../plugin/external/refusal.ts'
import type { Action } from '../actions.ts'
import { examinePlugin } from './examine-in-worker.ts'

/** Leaves out what is offered under just these names: `external` of the bundler would leave out all below them too. */
const leaveOut = (offered: ReadonlySet<string>): Bun.BunPlugin => ({
  name: 'offered',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      offered.has(path) ? { path, external: true } : undefined,
    )
  },
})

async function bundle(entry: string, offered: ReadonlySet<string>): Promise<string> {
  const result = await Bun.build({
    entrypoints: [entry],
    target: 'bun',
    plugins: [leaveOut(offered)],
    throw: false,
  })
  const [first] = result.logs
  if (!result.success) throw new Failure(EXIT.badData, `${entry}: ${first?.message ?? 'it cannot be built'}`)
  const [output, asset] = result.outputs
  if (!output || asset) {
    throw new Failure(
      EXIT.badData,
      `${entry}: it imports files that do not fit into one; import them as text`,
    )
  }
  return output.text()
}

export const buildPlugin: Action = async (program, { args: [source = ''], options, terminal }) => {
  const entry = await entryOf(source).catch((error: unknown) => {
    if (isRefusal(error)) throw new Failure(EXIT.badData, `${source}: ${error.message}`, { cause: error })
    throw new Failure(EXIT.usage, `there is nothing at ${source}`, { cause: error })
  })
  const text = await bundle(entry, new Set(Object.keys(program.offered)))
  const out = resolve(
    typeof options.out === 'string' ? options.out : `dist/${basename(resolve(source), '.ts')}.js`,
  )
  try {
    await mkdir(dirname(out), { recursive: true })
    await Bun.write(out, text)
  } catch (cause) {
    throw new Failure(EXIT.cannotWrite, `cannot write ${out}: ${messageOf(cause)}`, { cause })
  }
  const { name, version } = await examinePlugin(out, program)
  terminal.out(`${name} ${version} is in ${out}, ${text.length} characters\n`)
  return EXIT.ok
}
