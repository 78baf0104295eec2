/** Mounts the module of a panel in an element of its own, and takes it away again. */
import type { MountPanel, PanelContext } from '../../plugin/panel.ts'
import { createFetchJson } from './fetch-json.ts'

/** What a panel is told that does not change as long as it stands. */
export type PanelSubject = Omit<PanelContext, 'signal' | 'fetchJson'>

interface Listeners {
  /** The panel fills its element now. */
  readonly onReady: () => void
  /** It could not be loaded, or has thrown. */
  readonly onFailed: (error: unknown) => void
}

async function load(url: string): Promise<MountPanel> {
  const { default: mount } = (await import(url)) as { default?: unknown }
  if (typeof mount !== 'function') throw new TypeError(`${url} exports no function to mount it by`)
  return mount as MountPanel
}

/**
 * Loads a panel and has it fill a new element of the place. What a panel throws reaches `onFailed` and nobody else.
 *
 * @param url of its module, on this server
 * @returns takes the panel away: what it still asks is aborted, what it set up is undone, its element is removed
 */
export function mountPanel(
  place: Element,
  url: string,
  subject: PanelSubject,
  { onReady, onFailed }: Listeners,
): () => void {
  const gone = new AbortController()
  const { signal } = gone
  const element = document.createElement('div')
  place.append(element)
  const context: PanelContext = {
    ...subject,
    signal,
    fetchJson: createFetchJson(location.origin, signal),
  }
  const mounted = load(url).then((mount) => (signal.aborted ? undefined : mount(element, context)))
  mounted.then(
    () => signal.aborted || onReady(),
    // Whatever a panel says that was taken away is about nothing that is shown.
    (error: unknown) => signal.aborted || onFailed(error),
  )
  return () => {
    gone.abort()
    // It may be on its way still: then it is undone once it has come.
    mounted
      .then((undo) => undo?.())
      .catch((error: unknown) => {
        if ((error as Error | undefined)?.name !== 'AbortError') console.warn(error)
      })
      .finally(() => element.remove())
  }
}
