import { afterEach, describe, expect, spyOn, test } from 'bun:test'
import fc from 'fast-check'
import { addressOf, createFetchJson } from './fetch-json.ts'

const ORIGIN = 'http://127.0.0.1:8080'

describe('the address that a panel asks', () => {
  test('is on the server of the page', () => {
    expect(addressOf('/api/plugins/grip?at=3', ORIGIN)).toBe(`${ORIGIN}/api/plugins/grip?at=3`)
  })

  test.each([
    '//elsewhere.example/api',
    '/\\elsewhere.example/api',
    '/\t/elsewhere.example/api',
    'https://elsewhere.example/api',
    `${ORIGIN}/api`,
    'api/plugins/grip',
    'javascript:alert(1)',
    '',
  ])('is refused where it leads elsewhere, or does not begin with a slash: %j', (path) => {
    expect(() => addressOf(path, ORIGIN)).toThrow(TypeError)
  })

  test('never leaves the server, whatever is asked', () => {
    const piece = fc.constantFrom('/', '\\', '\t', '\n', '@', ':', '.', 'a', 'http:', '?', '#', ' ', '\u3002')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let address: string
        try {
          address = addressOf(pieces.join(''), ORIGIN)
        } catch (error) {
          return error instanceof TypeError
        }
        return new URL(address).origin === ORIGIN
      }),
      { numRuns: 2000 },
    )
  })
})

describe('what a panel asks', () => {
  const answers = (response: () => Response) =>
    spyOn(globalThis, 'fetch').mockImplementation((async (_: string, init: RequestInit) => {
      init.signal?.throwIfAborted()
      return response()
    }) as unknown as typeof fetch)
  let asked: ReturnType<typeof answers>
  afterEach(() => asked.mockRestore())

  test('is answered as JSON, or as nothing', async () => {
    asked = answers(() => Response.json({ newtons: 312 }))
    const fetchJson = createFetchJson(ORIGIN, new AbortController().signal)
    expect(await fetchJson<{ newtons: number }>('/api/plugins/grip')).toEqual({ newtons: 312 })
    asked.mockRestore()
    asked = answers(() => new Response(null, { status: 204 }))
    expect(await fetchJson('/api/plugins/grip', { method: 'DELETE' })).toBeUndefined()
  })

  test('keeps the headers of the panel', async () => {
    asked = answers(() => Response.json({}))
    await createFetchJson(ORIGIN, new AbortController().signal)('/api/plugins/grip', {
      headers: { 'If-Match': '"v1"', Accept: 'application/geo+json' },
    })
    expect(asked.mock.calls[0]?.[1]?.headers).toEqual({
      accept: 'application/geo+json',
      'if-match': '"v1"',
    })
  })

  test('fails with the status and the code of the problem', async () => {
    asked = answers(() => Response.json({ code: 'GRIP_NOT_FOUND', detail: 'No grip.' }, { status: 404 }))
    const fetchJson = createFetchJson(ORIGIN, new AbortController().signal)
    expect(await fetchJson('/api/plugins/grip').catch((error: unknown) => error)).toMatchObject({
      status: 404,
      code: 'GRIP_NOT_FOUND',
    })
  })

  test('is aborted with the panel, and by the panel itself', async () => {
    asked = answers(() => Response.json({}))
    const panel = new AbortController()
    const own = new AbortController()
    const fetchJson = createFetchJson(ORIGIN, panel.signal)
    own.abort()
    await expect(fetchJson('/api/plugins/grip', { signal: own.signal })).rejects.toThrow(/abort/i)
    expect(await fetchJson<object>('/api/plugins/grip')).toEqual({})
    panel.abort()
    await expect(fetchJson('/api/plugins/grip')).rejects.toThrow(/abort/i)
  })
})
