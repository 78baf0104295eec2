/** `/api/login`, `/api/logout`. */
import * as v from 'valibot'
import { jsonBody, readJson } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { LoginName } from '../names.ts'
import { Password } from '../password.ts'

const LoginBody = v.object({ name: LoginName, password: Password })

const LoggedIn = v.object({ id: v.string(), name: v.string(), displayName: v.string() })

export const loginRoutes = (access: Access): Route[] => [
  route({
    method: 'post',
    path: '/api/login',
    summary: 'Log in by name and password; the answer sets the cookie',
    policy: 'public',
    body: jsonBody(LoginBody),
    answers: {
      200: { description: 'Logged in', schema: LoggedIn },
      400: { description: 'The body is malformed' },
      401: { description: 'LOGIN_FAILED: they do not belong together' },
      429: { description: 'LOGIN_THROTTLED: too many have failed; Retry-After says how long it takes' },
      503: { description: 'LOGIN_BUSY: too many log in at once' },
    },
    async handle({ c }) {
      const { name, password } = await readJson(c, LoginBody)
      const { id, displayName, name: own } = await access.byPassword(name, password, c)
      return c.json({ id, name: own, displayName }, 200, { 'cache-control': 'no-store' })
    },
  }),
  route({
    method: 'post',
    path: '/api/logout',
    summary: 'End the own login session',
    policy: 'public',
    answers: { 204: { description: 'There is none any more' } },
    async handle({ c }) {
      await access.end(c)
      return c.body(null, 204)
    },
  }),
]
