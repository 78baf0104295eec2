/** Every view by its address: what is shown there, who gets to see it, and where it stands in the navigation. */
import type { ComponentType } from 'preact'
import { Account } from '../views/account/account.tsx'
import { CompareView } from '../views/compare/compare.tsx'
import { Overview } from '../views/overview/overview.tsx'
import { PatientView } from '../views/patient/patient.tsx'
import { Calibrate, PatientMvc } from '../views/patient-mvc/index.ts'
import { Patients } from '../views/patients/patients.tsx'
import { Search } from '../views/search/search.tsx'
import { RecordingView, SessionView } from '../views/session/index.ts'
import { Recordings } from '../views/sessions/recordings.tsx'
import { Sessions } from '../views/sessions/sessions.tsx'
import { systemViews } from '../views/system/index.ts'
import { Upload } from '../views/upload/upload.tsx'

/** A view of the page. */
export interface View {
  /** Such as `/sessions/:id`; its parameters are the properties of the component. */
  readonly path: string
  // biome-ignore lint/suspicious/noExplicitAny: the properties are the parameters of its own path
  readonly show: ComponentType<any>
  /** Permissions of which one suffices; none: whoever is signed in. */
  readonly needs?: readonly string[]
}

export const views: readonly View[] = [
  { path: '/', show: Overview },
  { path: '/search', show: Search, needs: ['patients:read', 'sessions:read'] },
  { path: '/account', show: Account },
  { path: '/patients', show: Patients, needs: ['patients:read'] },
  { path: '/sessions', show: Sessions, needs: ['sessions:read'] },
  { path: '/sessions/:id', show: SessionView, needs: ['sessions:read'] },
  { path: '/recordings', show: Recordings, needs: ['recordings:read'] },
  { path: '/recordings/:id', show: RecordingView, needs: ['recordings:read'] },
  { path: '/upload', show: Upload, needs: ['intake:write', 'recordings:write'] },
  { path: '/patients/:code', show: PatientView, needs: ['patients:read'] },
  { path: '/patients/:code/compare', show: CompareView, needs: ['analytics:read'] },
  { path: '/patients/:code/mvc', show: PatientMvc, needs: ['mvc:read'] },
  { path: '/patients/:code/mvc/calibrate', show: Calibrate, needs: ['mvc:write'] },
  ...systemViews,
]
