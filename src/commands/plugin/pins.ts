/** `myoserve plugin remove`, `enable` and `disable`: what is pinned in the plugins folder. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import { type Pin, type Pins, readPins, writePins } from '../../plugin/external/lock.ts'
import type { Program } from '../../program.ts'
import type { PluginAction } from '../plugin.ts'

async function pinOf({ pluginsFolder }: Program, name = ''): Promise<{ pin: Pin; rest: Pins }> {
  const { [name]: pin, ...rest } = await readPins(pluginsFolder)
  if (pin) return { pin, rest }
  const names = Object.keys(rest).join(', ') || 'none'
  throw new Failure(EXIT.usage, `there is no plugin "${name}" in ${pluginsFolder}; pinned: ${names}`)
}

export const removePlugin: PluginAction = async (program, { args: [name = ''], terminal }) => {
  const { pin, rest } = await pinOf(program, name)
  // Without a pin its files are not run, whatever becomes of them.
  await writePins(program.pluginsFolder, rest)
  const path = join(program.pluginsFolder, pin.path)
  await rm(path, { recursive: true, force: true }).catch((cause: unknown) => {
    throw new Failure(EXIT.cannotWrite, `cannot remove ${path}: ${messageOf(cause)}`, { cause })
  })
  terminal.out(`removed ${name} ${pin.version}; a server that runs keeps it until its next start\n`)
  return EXIT.ok
}

const turn =
  (enabled: boolean): PluginAction =>
  async (program, { args: [name = ''], terminal }) => {
    const { pin, rest } = await pinOf(program, name)
    await writePins(program.pluginsFolder, { ...rest, [name]: { ...pin, enabled } })
    terminal.out(
      `${name} ${pin.version} is ${enabled ? 'enabled' : 'disabled'} from the next start of the server on\n`,
    )
    return EXIT.ok
  }

export const enablePlugin = turn(true)
export const disablePlugin = turn(false)
