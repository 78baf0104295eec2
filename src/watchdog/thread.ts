/** The thread that watches a server: where code of a plugin holds it up, it is started anew without that plugin. */
import { ASIDE, type Aside, type Watch } from './guard.ts'
import { renew } from './renew.ts'
import { createSharedReader, type Standstill } from './shared.ts'

declare const self: { onmessage: (event: { readonly data: Watch | string }) => void }

const LOOKS = 20

/** By the numbers of plugins, from 1 on. */
const names: string[] = ['']

const reasonOf = (seconds: number, certain: boolean): string =>
  certain
    ? `its code held the server up for ${seconds} s, so that the server was started anew without it`
    : `the server was held up for ${seconds} s while code of several plugins was under way, and was started anew without them`

function startAnew({ command, env, aside, limitMs }: Watch, { ending, plugins, certain }: Standstill): void {
  const reason = reasonOf(limitMs / 1000, certain)
  const found: Aside[] = plugins.map((plugin) => ({ name: names[plugin] ?? '', reason }))
  try {
    if (!ending) renew(command, { ...env, [ASIDE]: JSON.stringify([...aside, ...found]) })
  } catch {
    // It is ended then, for whoever looks after it to start it again.
  }
  const who = found.map(({ name }) => name).join(', ')
  process.stderr.write(`myoserve: the server is ended: ${who}: its code held it up for ${limitMs / 1000} s\n`)
  process.kill(process.pid, 'SIGKILL')
}

function watch(given: Watch): void {
  const { words, limitMs } = given
  const everyMs = limitMs / LOOKS
  const look = createSharedReader(words, limitMs)
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    // What passed while the whole machine slept is held against nobody.
    const standstill = look(Math.min(now - last, 2 * everyMs))
    last = now
    if (standstill && standstill.plugins.length > 0) startAnew(given, standstill)
  }, everyMs)
}

self.onmessage = ({ data }) => {
  if (typeof data === 'string') names.push(data)
  else watch(data)
}
