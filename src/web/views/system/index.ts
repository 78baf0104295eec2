/** The views of the system by address. */
import { lazy } from '../../app/lazy.tsx'
import { ROOMS } from './room/rooms.ts'

/** Each with whom it is for. */
export const systemViews = ROOMS.map(({ path, word, needs }) => ({
  path,
  show: lazy(() => import('./shown.ts').then(({ SHOWN }) => SHOWN[word])),
  needs,
}))
