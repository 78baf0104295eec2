/** `bun test/house/pages/write.ts`: writes the generated parts of the documentation anew. */
import { join } from 'node:path'
import { PROJECT } from '../../support/targets.ts'
import { fillBlocks } from './blocks.ts'
import { generateBlocks } from './generated.ts'

const path = join(PROJECT, 'docs/analysis.md')
await Bun.write(path, fillBlocks(await Bun.file(path).text(), await generateBlocks()))
