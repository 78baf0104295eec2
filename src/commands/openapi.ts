/** `myoserve openapi`: the OpenAPI document, without a server. */
import type { Access } from '../access/access.ts'
import { accessRoutes } from '../access/routes.ts'
import { EXIT } from '../exit.ts'
import { openApiDocument } from '../http/openapi.ts'
import { absent, createOfflineHost, type Program } from '../program.ts'
import { serverRoutes } from '../server/routes.ts'
import type { Command } from '../terminal/command.ts'

export const openApiCommand = (program: Program): Command => ({
  name: 'openapi',
  summary: 'Print the OpenAPI document of the REST interface',
  usage: '',
  options: {},
  async run({ terminal }) {
    const host = await createOfflineHost(program)
    const health = async () => ({ kind: 'embedded', status: 'failed', latencyMs: null }) as const
    const routes = serverRoutes(host, health, Date.now(), undefined, accessRoutes(absent<Access>('a server')))
    terminal.out(`${JSON.stringify(openApiDocument(routes), null, 2)}\n`)
    return EXIT.ok
  },
})
