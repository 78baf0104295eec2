/** Its routes: declared in full, described as OpenAPI, and never surprised by what a client sends. */
import { messageOf } from '../../../exit.ts'
import { openApiDocument } from '../../../http/openapi.ts'
import type { Route } from '../../../http/route.ts'
import { permissionNames } from '../../../identity/permission.ts'
import { answerFaults } from './answers.ts'
import type { ContractCase } from './case.ts'
import { hostileRequests } from './hostile.ts'
import { openApiFaults } from './openapi.ts'
import type { Examination } from './subject.ts'

export const titleOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`

const isGood = (status: string): boolean => Number(status) >= 200 && Number(status) < 400

function declarationFaults(route: Route, permissions: readonly string[]): string[] {
  const name = titleOf(route)
  const faults: string[] = []
  if (!route.summary.trim()) faults.push(`${name} has no summary`)
  if (route.policy !== 'public' && !permissions.includes(route.policy)) {
    faults.push(`${name} is guarded by ${route.policy}, which is not declared`)
  }
  const good = Object.entries(route.answers).filter(([status]) => isGood(status))
  if (good.length === 0) faults.push(`${name} declares no answer but failures`)
  for (const [status, { description, schema, mediaType }] of Object.entries(route.answers)) {
    if (!description.trim()) faults.push(`${name} does not describe its answer ${status}`)
    const bare = isGood(status) && !['204', '304'].includes(status) && Number(status) < 300
    if (bare && !schema && !mediaType)
      faults.push(`${name} declares neither schema nor media type of its answer ${status}`)
  }
  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, each = '']) => each)
  const entries = (route.params as { entries?: Record<string, unknown> } | undefined)?.entries
  for (const each of named) {
    if (!route.params) faults.push(`${name} does not declare its parameter ${each}`)
    else if (entries && !(each in entries)) faults.push(`${name} does not declare its parameter ${each}`)
  }
  for (const each of Object.keys(entries ?? {})) {
    if (!named.includes(each)) faults.push(`${name} declares the parameter ${each}, which its path has not`)
  }
  return faults
}

export const declaredRoutes: ContractCase = {
  title: 'its routes declare their policy, parameters and answers, and OpenAPI describes them',
  async examine(subject) {
    const { given, host } = await subject.shared()
    if (given.routes.length === 0) return []
    const permissions = permissionNames(subject.plugin.permissions)
    const faults = given.routes.flatMap((route) => declarationFaults(route, permissions))
    try {
      return [...faults, ...(await openApiFaults(openApiDocument(host.routes())))]
    } catch (error) {
      return [...faults, `its routes cannot be described as OpenAPI: ${messageOf(error)}`]
    }
  },
}

/** Of what was logged; an error of the database names its whole query. */
const SHOWN = 300

/** Faults that are told; more of them say no more. */
const MOST_TOLD = 10

/** Longest that an answer to a hostile request may take. */
const LONGEST_MS = 5000

async function requestFaults(host: Examination, route: Route): Promise<string[]> {
  const faults: string[] = []
  for (const { what, path, init, refused } of hostileRequests(route)) {
    const leave = new AbortController()
    const timer = setTimeout(() => leave.abort(), LONGEST_MS)
    const name = `${titleOf(route)} with ${what}`
    const begun = performance.now()
    const answer = await host.fetch(path, { ...init, signal: leave.signal })
    const wrong = await answerFaults(route, answer, refused)
    clearTimeout(timer)
    if (performance.now() - begun > LONGEST_MS) wrong.push(`it took longer than ${LONGEST_MS / 1000} s`)
    const said = host.complaints().map((each) => each.slice(0, SHOWN))
    faults.push(...wrong.map((each) => `${name}: ${each}${said.length > 0 ? ` (${said.join('; ')})` : ''}`))
    if (faults.length >= MOST_TOLD) break
  }
  return faults
}

export const calmRoutes: ContractCase = {
  title: 'whatever a client sends, its routes answer as declared or by a problem, and never fail',
  async examine(subject) {
    const host = await subject.shared()
    host.complaints()
    const faults: string[] = []
    for (const route of host.given.routes) faults.push(...(await requestFaults(host, route)))
    return faults.slice(0, MOST_TOLD)
  },
}
