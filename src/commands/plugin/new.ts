/** `myoserve plugin new NAME [DIR]`: a plugin that adds a metric, with its test. */
import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import type { Action } from '../actions.ts'
import { templateFiles } from './template.ts'

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export const newPlugin: Action = async (program, { args: [name = '', source = name], terminal }) => {
  if (!NAME.test(name)) {
    throw new Failure(
      EXIT.usage,
      `"${name}" is no name for a plugin; one in kebab-case is, such as crest-factor`,
    )
  }
  if (program.plugins.some((plugin) => plugin.name === name)) {
    throw new Failure(EXIT.usage, `a built-in plugin is called ${name} already`)
  }
  const folder = resolve(source)
  try {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).length > 0) throw new Error('it is not empty')
    for (const [path, text] of Object.entries(templateFiles(name))) await Bun.write(join(folder, path), text)
  } catch (cause) {
    throw new Failure(EXIT.cannotWrite, `cannot make a plugin in ${folder}: ${messageOf(cause)}`, { cause })
  }
  terminal.out(
    `${name} is in ${folder}\n` +
      [
        ['types', 'tells an editor what there is to import'],
        ['test', 'runs its tests'],
        ['add', 'has the server load it'],
      ]
        .map(([action, what]) => `  myoserve plugin ${action} ${source}  ${what}\n`)
        .join(''),
  )
  return EXIT.ok
}
