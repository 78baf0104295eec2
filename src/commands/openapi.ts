/** `myoserve openapi`: the OpenAPI document, without a server. */
import type { Access } from '../access/access.ts'
import { accessRoutes } from '../access/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import type { Database } from '../database/connection.ts'
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
    const audit = { routes: auditRoutes(absent<Database>('a database'), ''), metrics: () => [] }
    const access = accessRoutes(absent<Access>('a server'))
    const routes = serverRoutes(host, health, Date.now(), audit, access)
    terminal.out(`${JSON.stringify(openApiDocument(routes), null, 2)}\n`)
    return EXIT.ok
  },
})
