/** `myoserve plugin types DIR`: the declarations of the SDK, so that an editor knows it without packages. */
import { mkdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import { unpackKit } from '../../plugin/external/kit.ts'
import { VERSION } from '../../version.ts'
import type { Action } from '../actions.ts'
import { TSCONFIG } from './template.ts'

export const writeTypes: Action = async (_, { args: [source = ''], terminal }) => {
  const folder = resolve(source)
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Failure(EXIT.usage, `there is no folder ${source}`)
  }
  const target = join(folder, '.myoserve')
  const config = join(folder, 'tsconfig.json')
  const hasConfig = await Bun.file(config).exists()
  try {
    await rm(target, { recursive: true, force: true })
    await mkdir(target)
    await unpackKit('types', target)
    if (!hasConfig) await Bun.write(config, TSCONFIG)
  } catch (cause) {
    throw new Failure(EXIT.cannotWrite, `cannot write ${target}: ${messageOf(cause)}`, { cause })
  }
  terminal.out(`the declarations of Myoserve ${VERSION} are in ${target}\n`)
  return EXIT.ok
}
