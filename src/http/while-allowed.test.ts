import { expect, test } from 'bun:test'
import { createEventStreams } from './event-stream.ts'
import { whileAllowed } from './while-allowed.ts'

const never = new AbortController().signal

async function* ticks(signal: AbortSignal): AsyncGenerator<number, void> {
  for (let n = 0; !signal.aborted; n++) {
    yield n
    await Bun.sleep(20)
  }
}

test('what is allowed to its end is what it was, with its headers', async () => {
  async function* three() {
    yield* [1, 2, 3]
  }
  const open = () => createEventStreams().open('tick', three, never)
  const answer = whileAllowed(open(), async () => true)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  expect(await answer.text()).toBe(await open().text())
})

test('what is allowed no more ends within a second, and so does its source', async () => {
  const streams = createEventStreams()
  let allowed = true
  const answer = whileAllowed(streams.open('tick', ticks, never), async () => allowed)
  const text = answer.text()
  await Bun.sleep(700)
  expect(streams.count()).toBe(1)
  allowed = false
  const began = performance.now()
  expect(await text).toContain('data: 2')
  expect(performance.now() - began).toBeLessThan(900)
  expect(streams.count()).toBe(0)
})

test('a source that says nothing is ended too', async () => {
  const streams = createEventStreams()
  async function* silent(): AsyncGenerator<number, void> {
    await new Promise(() => undefined)
  }
  const answer = whileAllowed(streams.open('tick', silent, never), async () => false)
  expect(await answer.text()).toBe('')
  expect(streams.count()).toBe(0)
})

test('a client that goes ends the source, and nobody is asked for any more', async () => {
  const streams = createEventStreams()
  let asked = 0
  const answer = whileAllowed(streams.open('tick', ticks, never), async () => {
    asked++
    return true
  })
  await answer.body?.cancel()
  expect(streams.count()).toBe(0)
  await Bun.sleep(700)
  expect(asked).toBe(0)
})

test('a source that fails fails for the client', async () => {
  async function* failing(): AsyncGenerator<number, void> {
    yield 1
    throw new Error('the electrode fell off')
  }
  const answer = whileAllowed(createEventStreams().open('tick', failing, never), async () => true)
  await expect(answer.text()).rejects.toThrow('the electrode fell off')
})
