/** `/api/me/preferences`. */
import { jsonBody, readJson } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { notUser, userIdOf } from '../account/routes.ts'
import { OWN_ACCOUNT } from '../permissions.ts'
import { Preferences } from './preferences.ts'

const PATH = '/api/me/preferences'

export const preferenceRoutes = (access: Access): Route[] => [
  route({
    method: 'get',
    path: PATH,
    summary: 'How one wants the page',
    policy: OWN_ACCOUNT,
    concerns: 'nothing',
    answers: {
      200: { description: 'What was chosen; null where nothing was', schema: Preferences },
      403: notUser,
    },
    handle: ({ viewer }) => access.preferences.find(userIdOf(viewer)),
  }),
  route({
    method: 'put',
    path: PATH,
    summary: 'Choose how one wants the page; it replaces what was chosen',
    policy: OWN_ACCOUNT,
    concerns: 'nothing',
    body: jsonBody(Preferences),
    answers: {
      200: { description: 'What holds from now on', schema: Preferences },
      400: { description: 'The body is malformed' },
      403: notUser,
    },
    async handle({ c, viewer }) {
      const userId = userIdOf(viewer)
      const chosen = await readJson(c, Preferences)
      await access.preferences.set(userId, chosen)
      return chosen
    },
  }),
]
