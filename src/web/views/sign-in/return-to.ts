/** Where one was before one was led to the login provider: no server gets to see that part of an address. */
import { go } from '../../app/router.ts'

const KEY = 'myoserve.return'

/** To be called before the browser leaves. */
export function rememberPlace(): void {
  try {
    sessionStorage.setItem(KEY, location.hash)
  } catch {
    // A browser that keeps nothing: then it begins at the overview.
  }
}

/** Goes back there, once. To be called before the first view is shown. */
export function returnToPlace(): void {
  try {
    const place = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    if (place?.startsWith('#/') && location.hash === '') go(place, 'replace')
  } catch {
    // As above.
  }
}
