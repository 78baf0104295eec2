/** The server that recordings are imported into, as a client sees it. */
import { basename } from 'node:path'
import * as v from 'valibot'
import { EXIT, Failure, isFailure, messageOf } from '../../../src/sdk.ts'

/** How long a server that is away is waited for. */
const PATIENCE_MS = 30_000
const PAUSE_MS = 500

/** What a server says against one file: its code, and a sentence. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail)
  }
}

/** What an import asks of a server. */
export interface ImportServer {
  /** Whether the recording of these bytes is there, and, if a patient is named, in a session. */
  has(sha256: string, patientCode: string | null): Promise<boolean>
  /** @throws {Refused} */
  upload(path: string, name: string, patientCode: string | null): Promise<'new' | 'known'>
  /** Enters a patient of this code, unless there is one. */
  enterPatient(code: string): Promise<void>
}

const Problem = v.object({ code: v.string(), detail: v.string() })
const List = v.object({ items: v.array(v.object({ id: v.string() })) })

async function refusal(answer: Response): Promise<Refused> {
  const problem = v.safeParse(Problem, await answer.json().catch(() => undefined))
  return problem.success
    ? new Refused(problem.output.code, problem.output.detail)
    : new Refused(`HTTP_${answer.status}`, `The server answers ${answer.status}.`)
}

/** What is sent, made anew for each attempt. */
type Ask = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> }

/**
 * Talks to a server, and waits for one that is away for a while.
 *
 * @param url where it answers, such as `http://127.0.0.1:8080`
 * @param key that it lets us in by; null: it takes none
 */
export function importServer(url: string, key: string | null): ImportServer {
  let answered = false

  const unreachable = (cause: unknown): Failure =>
    new Failure(
      EXIT.serviceMissing,
      answered
        ? `the server at ${url} does not answer any more; run the same again to go on`
        : `no server answers at ${url}; start it by \`myoserve serve\`, or name it by --server`,
      { cause },
    )

  const lockedOut = (): Failure =>
    new Failure(
      EXIT.badConfiguration,
      key === null
        ? `the server at ${url} takes a key: make one by \`myoserve key add\`, and name its file by --key-file`
        : `the server at ${url} does not take this key`,
    )

  async function ask(path: string, request: () => Ask): Promise<Response> {
    // A server that has never answered is named wrongly.
    const until = Date.now() + (answered ? PATIENCE_MS : 0)
    for (;;) {
      let trouble: unknown
      try {
        const { headers, ...rest } = request()
        const proof = key === null ? {} : { authorization: `Bearer ${key}` }
        const answer = await fetch(new URL(path, url), { ...rest, headers: { ...headers, ...proof } })
        answered = true
        // It will say the same of every file.
        if (answer.status === 401) throw lockedOut()
        if (answer.status < 500 || Date.now() >= until) return answer
        trouble = new Error(`it answers ${answer.status}`)
      } catch (error) {
        if (isFailure(error)) throw error
        trouble = error
      }
      if (Date.now() >= until) throw unreachable(trouble)
      await Bun.sleep(PAUSE_MS)
    }
  }

  async function list(path: string): Promise<readonly { readonly id: string }[]> {
    const answer = await ask(path, () => ({}))
    if (!answer.ok) throw await refusal(answer)
    try {
      return v.parse(List, await answer.json()).items
    } catch (error) {
      throw new Failure(EXIT.serviceMissing, `what answers at ${url} is no Myoserve: ${messageOf(error)}`)
    }
  }

  return {
    async has(sha256, patientCode) {
      const [recording] = await list(`/api/recordings?sha256=${sha256}`)
      if (!recording || patientCode === null) return recording !== undefined
      return (await list(`/api/sessions?patientCode=${patientCode}&recordingId=${recording.id}`)).length > 0
    },
    async upload(path, name, patientCode) {
      const place = patientCode === null ? '/api/recordings' : `/api/patients/${patientCode}/recordings`
      const answer = await ask(`${place}?fileName=${encodeURIComponent(basename(name))}`, () => ({
        method: 'POST',
        body: Bun.file(path),
        headers: { 'content-type': 'application/octet-stream' },
      }))
      if (!answer.ok) throw await refusal(answer)
      return answer.status === 201 ? 'new' : 'known'
    },
    async enterPatient(code) {
      const answer = await ask('/api/patients', () => ({
        method: 'POST',
        body: JSON.stringify({ code }),
        headers: { 'content-type': 'application/json' },
      }))
      if (!answer.ok && answer.status !== 409) throw await refusal(answer)
    },
  }
}
