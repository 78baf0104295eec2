/** `/api/roles`: what there is to be given. */
import * as v from 'valibot'
import { type Route, route } from '../http/route.ts'
import type { Access } from './access.ts'
import { permissionsOfRole } from './permissions.ts'

const RolesBody = v.object({
  roles: v.array(
    v.object({
      name: v.string(),
      summary: v.string(),
      sees: v.picklist(['all patients', 'own patients']),
      pseudonymous: v.boolean(),
      permissions: v.array(v.string()),
    }),
  ),
  permissions: v.array(v.object({ name: v.string(), summary: v.string() })),
})

export const roleRoutes = (access: Access): Route[] => [
  route({
    method: 'get',
    path: '/api/roles',
    summary: 'The roles and permissions that there are',
    policy: 'users:read',
    concerns: 'nothing',
    answers: { 200: { description: 'Those of the host and of the plugins', schema: RolesBody } },
    handle() {
      const catalogue = access.catalogue()
      const permissions = catalogue.permissions.map(({ name, summary }) => ({ name, summary }))
      return {
        roles: catalogue.roles.map((role) => {
          const given = permissionsOfRole(role, catalogue)
          return {
            name: role.name,
            summary: role.summary,
            sees: role.sees,
            pseudonymous: role.pseudonymous ?? false,
            permissions: given === 'all' ? permissions.map(({ name }) => name) : given,
          }
        }),
        permissions,
      }
    },
  }),
]
