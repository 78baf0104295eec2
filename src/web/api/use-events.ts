/** Server-sent events for a component, for as long as it is shown. */
import { useEffect, useRef } from 'preact/hooks'
import { ask } from './client.ts'

/**
 * Follows a stream; the browser connects again when it breaks.
 *
 * @param url null: there is nothing to follow
 * @param name of the events, as the route declares it
 * @param onEvent with the JSON that an event carries
 * @param onEnd when the server has closed the stream for good
 */
export function useEvents<T>(
  url: string | null,
  name: string,
  onEvent: (data: T) => void,
  onEnd: () => void = () => {},
): void {
  const latest = useRef({ onEvent, onEnd })
  latest.current = { onEvent, onEnd }
  useEffect(() => {
    if (url === null) return
    const source = new EventSource(url)
    source.addEventListener(name, (event) => latest.current.onEvent(JSON.parse((event as MessageEvent).data)))
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      latest.current.onEnd()
      // A stream does not say why it is refused: whether a login has ended, any other answer does.
      ask('GET /api/me', {}).catch(() => undefined)
    })
    return () => source.close()
  }, [url, name])
}
