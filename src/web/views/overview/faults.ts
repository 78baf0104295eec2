/** What of the server does not work, in sentences. */
import type { Answer } from '../../api/client.ts'
import { words } from './words.ts'

/** None where all is well. */
export function faultsOf({ database, plugins }: Answer<'GET /health'>): string[] {
  const t = words()
  return [
    ...(database.status === 'ok' ? [] : [t.database]),
    ...plugins
      .filter(({ status }) => status !== 'ok')
      .map(({ name, status }) => {
        if (status === 'failed') return t.plugin(name)
        return name === 'cache-metrics' ? t.cacheInPart : t.pluginInPart(name)
      }),
  ]
}
