/** Who gets at its routes: whom each concerns, and that nobody reaches one without the permission it names. */
import type { Route } from '../../../http/route.ts'
import type { RecordRef } from '../../../identity/record.ts'
import type { TestIdentity } from '../test-identity.ts'
import type { ContractCase } from './case.ts'
import { plainRequest } from './hostile.ts'
import { titleOf } from './routes.ts'
import type { Examination } from './subject.ts'

/** What names one record in a path, by the kind: `/sessions/{id}`, `{session}`, `{sessionId}`, `{patientCode}`. */
function namedRecords(path: string, kinds: readonly string[]): RecordRef[] {
  return [...path.matchAll(/([\w-]*)\/\{(\w+)\}/g)].flatMap(([, before = '', id = '']) => {
    const kind = kinds.find(
      (each) => before === `${each}s` || [each, `${each}Id`, `${each}Code`].includes(id),
    )
    return kind === undefined ? [] : [{ kind, id }]
  })
}

function concernFaults(route: Route, kinds: readonly string[]): string[] {
  const { concerns, policy, path } = route
  if (policy === 'public' || concerns === 'filtered') return []
  return namedRecords(path, kinds)
    .filter(({ kind, id }) => typeof concerns !== 'object' || concerns[kind] !== id)
    .map(({ kind, id }) => `${titleOf(route)} does not say that it concerns the ${kind} that ${id} names`)
}

export const statedConcerns: ContractCase = {
  title: 'its routes say whom they concern, where their paths name patients or what belongs to them',
  async examine(subject) {
    const { given, host } = await subject.shared()
    const kinds = [...host.records().keys()]
    return given.routes.flatMap((route) => concernFaults(route, kinds))
  },
}

async function answerTo(
  host: Examination,
  route: Route,
  as: TestIdentity | 'nobody',
): Promise<readonly [status: number, code: string | undefined]> {
  const { path, init } = plainRequest(route)
  const leave = new AbortController()
  const answer = await host.fetch(path, { ...init, as, signal: leave.signal })
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json')
  if (isProblem) return [answer.status, ((await answer.json()) as { code: string }).code]
  // A stream goes on until nobody listens.
  leave.abort()
  await answer.body?.cancel()
  return [answer.status, undefined]
}

async function guardFaults(host: Examination, route: Route): Promise<string[]> {
  const [unknown] = await answerTo(host, route, 'nobody')
  const [powerless] = await answerTo(host, route, { name: 'contract' })
  const faults: string[] = []
  if (unknown !== 401) faults.push(`${titleOf(route)} answers ${unknown} to nobody, not 401`)
  if (powerless !== 403) {
    faults.push(`${titleOf(route)} answers ${powerless} to somebody without ${route.policy}, not 403`)
  }
  return faults
}

export const guardedRoutes: ContractCase = {
  title: 'its routes answer 401 to nobody, and 403 to somebody without the permission',
  async examine(subject) {
    const host = await subject.shared()
    const faults: string[] = []
    for (const route of host.given.routes) {
      if (route.policy !== 'public') faults.push(...(await guardFaults(host, route)))
    }
    return faults
  },
}

export const narrowRoutes: ContractCase = {
  title: 'its routes answer somebody who sees no patient as if there were none, and never fail',
  database: true,
  async examine(subject) {
    const host = await subject.shared()
    host.complaints()
    const faults: string[] = []
    for (const route of host.given.routes) {
      if (route.policy === 'public') continue
      const [status, code] = await answerTo(host, route, {
        name: 'contract',
        permissions: [route.policy],
        patients: [],
      })
      const isBroken = status >= 500 && route.answers[status] === undefined
      const isGiven = typeof route.concerns === 'object' && route.path.includes('{') && status < 400
      const said = host.complaints().join('; ').slice(0, 300)
      if (isBroken || isGiven) {
        faults.push(
          `${titleOf(route)} answers ${status} ${code ?? ''} to somebody who sees no patient${said && ` (${said})`}`,
        )
      }
    }
    return faults
  },
}
