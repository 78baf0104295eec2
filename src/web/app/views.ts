/** Every view by its address: what is shown there, who gets to see it, and where it stands in the navigation. */
import type { ComponentType } from 'preact'
import { Account } from '../views/account/account.tsx'
import { Overview } from '../views/overview/overview.tsx'
import { Patients } from '../views/patients/patients.tsx'
import { Search } from '../views/search/search.tsx'
import { Recordings } from '../views/sessions/recordings.tsx'
import { Sessions } from '../views/sessions/sessions.tsx'
import { systemViews } from '../views/system/index.ts'
import { lazy } from './lazy.tsx'

/** A view of the page. */
export interface View {
  /** Such as `/sessions/:id`; its parameters are the properties of the component. */
  readonly path: string
  // biome-ignore lint/suspicious/noExplicitAny: the properties are the parameters of its own path
  readonly show: ComponentType<any>
  /** Permissions of which one suffices; none: whoever is signed in. */
  readonly needs?: readonly string[]
}

const session = () => import('../views/session/index.ts')
const mvc = () => import('../views/patient-mvc/index.ts')

/** What stands on nearly every way is there from the start; large views, and those for few, come when they are opened. */
export const views: readonly View[] = [
  { path: '/', show: Overview },
  { path: '/search', show: Search, needs: ['patients:read', 'sessions:read'] },
  { path: '/account', show: Account },
  { path: '/patients', show: Patients, needs: ['patients:read'] },
  { path: '/sessions', show: Sessions, needs: ['sessions:read'] },
  {
    path: '/sessions/:id',
    show: lazy(() => session().then(({ SessionView }) => SessionView)),
    needs: ['sessions:read'],
  },
  { path: '/recordings', show: Recordings, needs: ['recordings:read'] },
  {
    path: '/recordings/:id',
    show: lazy(() => session().then(({ RecordingView }) => RecordingView)),
    needs: ['recordings:read'],
  },
  {
    path: '/upload',
    show: lazy(() => import('../views/upload/upload.tsx').then(({ Upload }) => Upload)),
    needs: ['intake:write', 'recordings:write'],
  },
  {
    path: '/patients/:code',
    show: lazy(() => import('../views/patient/patient.tsx').then(({ PatientView }) => PatientView)),
    needs: ['patients:read'],
  },
  {
    path: '/patients/:code/compare',
    show: lazy(() => import('../views/compare/compare.tsx').then(({ CompareView }) => CompareView)),
    needs: ['analytics:read'],
  },
  {
    path: '/patients/:code/mvc',
    show: lazy(() => mvc().then(({ PatientMvc }) => PatientMvc)),
    needs: ['mvc:read'],
  },
  {
    path: '/patients/:code/mvc/calibrate',
    show: lazy(() => mvc().then(({ Calibrate }) => Calibrate)),
    needs: ['mvc:write'],
  },
  ...systemViews,
]
