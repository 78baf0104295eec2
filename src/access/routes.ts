/** The routes of access control. */
import type { Route } from '../http/route.ts'
import type { Access } from './access.ts'
import { accountRoutes } from './account/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { loginRoutes } from './login/routes.ts'
import { oidcRoutes } from './oidc/routes.ts'
import { subjectRoutes } from './oidc/subject-routes.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { roleRoutes } from './roles.ts'
import { setupRoutes } from './setup/routes.ts'
import { userRoutes } from './users/routes.ts'

/** @param access is asked for nothing before a route is called */
export const accessRoutes = (access: Access): Route[] => [
  ...loginRoutes(access),
  ...oidcRoutes(access),
  ...setupRoutes(access),
  ...accountRoutes(access),
  ...preferenceRoutes(access),
  ...userRoutes(access),
  ...subjectRoutes(access),
  ...keyRoutes(access),
  ...roleRoutes(access),
]
