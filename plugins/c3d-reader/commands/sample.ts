/** `myoserve sample [DIR]`: writes synthesised recordings whose truth is known. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, EXIT, Failure, messageOf } from '../../../src/sdk.ts'
import { sampleRecordings } from '../samples/index.ts'

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'Write synthesised recordings with known truth',
  usage: '[DIR]',
  options: {},
  async run({ args, terminal }) {
    const [folder = 'samples', ...rest] = args
    if (rest.length > 0) throw new Failure(EXIT.usage, 'sample takes one DIR')
    try {
      await mkdir(folder, { recursive: true })
      for (const { fileName, title, bytes, truth } of sampleRecordings()) {
        const path = join(folder, fileName)
        await writeFile(path, bytes())
        await writeFile(`${path.replace(/\.c3d$/, '')}.truth.json`, `${JSON.stringify(truth, null, 2)}\n`)
        terminal.out(`${path}  ${title}\n`)
      }
    } catch (cause) {
      throw new Failure(EXIT.cannotWrite, `cannot write to ${folder}: ${messageOf(cause)}`, { cause })
    }
    return EXIT.ok
  },
}
