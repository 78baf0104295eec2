/** `myoserve serve`: runs the server until it is told to stop. */
import { EXIT } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'
import { PRODUCT, VERSION } from '../version.ts'

/**
 * Resolves with the first of the signals that end a server. Later ones change nothing: a terminal and
 * a runner in between each send one, and shutting down is bounded.
 */
function stopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve)
  return promise
}

export const serveCommand = (program: Program): Command => ({
  name: 'serve',
  summary: 'Run the server',
  usage: '',
  options: {},
  async run({ terminal }) {
    const begun = performance.now()
    const stopped = stopSignal()
    // Requests answer for their own errors; a promise that a library drops shall not end everybody's.
    process.on('unhandledRejection', (error) => program.log.error({ err: error }, 'unhandled rejection'))
    const { startServer } = await import('../server/start.ts')
    const server = await startServer(program)
    const seconds = ((performance.now() - begun) / 1000).toFixed(2)
    terminal.out(`${PRODUCT} ${VERSION} is ready at ${server.url} (${seconds} s)\n`)
    if (server.setupLink !== null) {
      terminal.out(
        `  Nobody can log in yet. Make the first administrator, once, within 24 hours:\n  ${server.setupLink}\n`,
      )
    }
    const links = [
      { label: 'Page', path: '/' },
      ...(await server.plugins.links()),
      { label: 'API documentation', path: '/api/docs' },
    ]
    const width = Math.max(...links.map(({ label }) => label.length))
    for (const { label, path } of links) terminal.out(`  ${label.padEnd(width)}  ${server.url}${path}\n`)
    const signal = await stopped
    program.log.info({ signal }, 'stopping')
    await server.stop()
    return EXIT.ok
  },
})
