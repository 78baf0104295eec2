/** Fetches a file and hands it to the browser: what goes wrong is told on the page, not on a blank one. */
import { fetchAnswer } from '../../../api/client.ts'

/** As the server names it; RFC 6266, with the plain form alone, which names without names of people need. */
export const fileNameOf = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'export'

/** @returns the name of the file. @throws {ApiProblem} */
export async function download(url: string): Promise<string> {
  const response = await fetchAnswer(url, {})
  const name = fileNameOf(response.headers.get('content-disposition'))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // Not at once: the browser takes its time to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return name
}
