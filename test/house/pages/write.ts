/** `bun test/house/pages/write.ts`: writes the generated parts of the documentation anew. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT } from '../../support/targets.ts'
import { referencePages } from '../reference/index.ts'
import { FOLDER } from '../reference/pages.ts'
import { fillBlocks } from './blocks.ts'
import { generateBlocks } from './generated.ts'
import { OPERATIONS, operationTypes } from './operations.ts'

const path = join(PROJECT, 'docs/analysis.md')
await Bun.write(path, fillBlocks(await Bun.file(path).text(), await generateBlocks()))

const { pages } = await referencePages()
await rm(join(PROJECT, FOLDER), { recursive: true, force: true })
for (const [page, text] of pages) await Bun.write(join(PROJECT, page), text)

await Bun.write(join(PROJECT, OPERATIONS), await operationTypes())
