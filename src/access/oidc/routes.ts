/** `/api/login/oidc`: logging in by a provider, and what the page of the login shows. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { readText } from '../../http/json-body.ts'
import { isProblem } from '../../http/problem.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { leadOnPage, problemPage } from './page.ts'
import { ReturnTo } from './return-to.ts'
import { oidcOf } from './subject.ts'

const PATH = '/api/login/oidc'

const Methods = v.object({
  password: v.literal(true),
  oidc: v.pipe(
    v.nullable(
      v.object({
        issuer: v.string(),
        path: v.pipe(v.string(), v.description('To lead the browser to')),
      }),
    ),
    v.description('null where no provider is set'),
  ),
})

const LOGOUT_BODY = {
  type: 'object',
  properties: { logout_token: { type: 'string' } },
  required: ['logout_token'],
}

const notSet = { description: 'OIDC_NOT_SET: there is no provider' }
const unavailable = { description: 'OIDC_UNAVAILABLE: the provider does not answer as it should' }

/** People see a page where they asked for one. */
async function forPeople(c: Context, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!isProblem(error) || !c.req.header('accept')?.includes('text/html')) throw error
    return c.html(problemPage(error, c.get('requestId')), error.status as 400, {
      'cache-control': 'no-store',
      ...error.extra.headers,
    })
  }
}

export const oidcRoutes = (access: Access): Route[] => [
  route({
    method: 'get',
    path: '/api/login/methods',
    summary: 'How one may log in',
    policy: 'public',
    answers: { 200: { description: 'By a password, and by a provider where one is set', schema: Methods } },
    handle: () => ({
      password: true,
      oidc: access.oidc ? { issuer: access.oidc.issuer, path: PATH } : null,
    }),
  }),
  route({
    method: 'get',
    path: PATH,
    summary: 'Log in by the provider: leads the browser there',
    policy: 'public',
    query: v.object({ returnTo: v.optional(ReturnTo, '/') }),
    answers: {
      303: { description: 'To the provider' },
      400: { description: 'returnTo is no path of this server' },
      404: notSet,
      503: unavailable,
    },
    handle: ({ c, query: { returnTo } }) =>
      forPeople(c, async () => {
        const url = await oidcOf(access).begin(c, returnTo)
        c.header('cache-control', 'no-store')
        return c.redirect(url.href, 303)
      }),
  }),
  route({
    method: 'get',
    path: `${PATH}/callback`,
    summary: 'Where the provider leads the browser back to; the answer sets the cookie',
    policy: 'public',
    answers: {
      200: { description: 'A page that leads on to returnTo', mediaType: 'text/html' },
      401: {
        description:
          'OIDC_LOGIN_EXPIRED: begin again; OIDC_LOGIN_REFUSED: by the provider, or its answer does not hold',
      },
      403: {
        description:
          'OIDC_USER_UNKNOWN: nobody here is linked; OIDC_USER_DISABLED; OIDC_ROLES_REFUSED: no role, or such as do not go together',
      },
      404: notSet,
      409: {
        description: 'LAST_ADMINISTRATOR: the provider would take the role away from the only one there is',
      },
      503: unavailable,
    },
    handle: ({ c }) =>
      forPeople(c, async () => {
        const path = await oidcOf(access).finish(c)
        return c.html(leadOnPage(path), 200, { 'cache-control': 'no-store' })
      }),
  }),
  route({
    method: 'get',
    path: `${PATH}/logout`,
    summary: 'Log out at the provider, after POST /api/logout: leads the browser there',
    policy: 'public',
    answers: { 303: { description: 'To the provider, which leads back' }, 404: notSet, 503: unavailable },
    handle: ({ c }) =>
      forPeople(c, async () => {
        const url = await oidcOf(access).logoutUrl(c)
        c.header('cache-control', 'no-store')
        return c.redirect(url, 303)
      }),
  }),
  route({
    method: 'post',
    path: `${PATH}/backchannel-logout`,
    summary: 'Where the provider says that somebody has logged out there; all login sessions of the user end',
    policy: 'public',
    body: { 'application/x-www-form-urlencoded': LOGOUT_BODY },
    answers: {
      200: { description: 'They have ended, on every node' },
      400: { description: 'OIDC_TOKEN_REFUSED: it is no logout token of the provider for us' },
      404: notSet,
      503: unavailable,
    },
    async handle({ c }) {
      const body = new URLSearchParams(await readText(c.req.raw))
      await oidcOf(access).logOut(body.get('logout_token') ?? '')
      return c.body(null, 200, { 'cache-control': 'no-store' })
    },
  }),
]
