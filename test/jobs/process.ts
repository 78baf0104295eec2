/** A server that runs the jobs of {@link effectPlugin} until it is killed; or that enqueues one and kills itself. */
import { effectPlugin } from './effects.ts'
import { openNode } from './node.ts'

const [url = '', what] = process.argv.slice(2)
const node = await openNode(url)
if (what === 'enqueue-and-die') {
  const { jobs } = node.system.open(effectPlugin)
  await node.database.db.transaction((tx) => jobs.enqueue(effectPlugin.jobs[0], { n: 1 }, { tx }))
  process.kill(process.pid, 'SIGKILL')
}
await node.run(effectPlugin, node.database)
process.stdout.write('ready\n')
