/** `/api/setup`: what the page of a one-time link sends. */
import * as v from 'valibot'
import { jsonBody, readJson } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { DisplayName, NewLoginName } from '../names.ts'
import { NewPassword } from '../password.ts'
import { UserResource, userResource } from '../users/resource.ts'
import { setupPageRoutes } from './page.ts'

const SetupBody = v.object({
  token: v.pipe(v.string(), v.maxLength(100), v.description('What stands behind the = of the link')),
  password: NewPassword,
  name: v.optional(v.pipe(NewLoginName, v.description('Of the first administrator'))),
  displayName: v.optional(DisplayName),
})

export const setupRoutes = (access: Access): Route[] => [
  route({
    method: 'post',
    path: '/api/setup',
    summary: 'Use a one-time link: make the first administrator, or choose a password; the answer logs in',
    policy: 'public',
    body: jsonBody(SetupBody),
    answers: {
      201: { description: 'Done, and logged in', schema: UserResource },
      400: { description: 'The body is malformed, or the password too easily guessed' },
      403: { description: 'SETUP_LINK_REFUSED: it was used, has expired, or was never made' },
      409: { description: 'SETUP_DONE: there are users already' },
      503: { description: 'LOGIN_BUSY: too many log in at once' },
    },
    async handle({ c }) {
      const { token, ...rest } = await readJson(c, SetupBody)
      const user = await access.setup.complete({ secret: token, ...rest })
      await access.openLoginSession(user.id, c)
      return c.json(userResource(user), 201, { 'cache-control': 'no-store' })
    },
  }),
  ...setupPageRoutes(),
]
