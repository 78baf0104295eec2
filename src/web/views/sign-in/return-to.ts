/** Where one was before one was led to the login provider: no server gets to see that part of an address. */
import { go } from '../../app/router.ts'
import { expectViewer, lastViewer } from '../../app/viewer.ts'

const KEY = 'myoserve.return'

/** To be called before the browser leaves. */
export function rememberPlace(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ place: location.hash, of: lastViewer() }))
  } catch {
    // A browser that keeps nothing: then it begins at the overview.
  }
}

/** Goes back there, once; somebody else than before is led on to the start when known. To be called before the first view is shown. */
export function returnToPlace(): void {
  try {
    const kept = sessionStorage.getItem(KEY) ?? '{}'
    sessionStorage.removeItem(KEY)
    const { place, of } = JSON.parse(kept) as { readonly place?: string; readonly of?: string }
    if (of !== undefined) expectViewer(of)
    if (place?.startsWith('#/') && location.hash === '') go(place, 'replace')
  } catch {
    // As above.
  }
}
