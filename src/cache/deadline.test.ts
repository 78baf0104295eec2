import { describe, expect, test } from 'bun:test'
import { DeadlineExceeded, withDeadline } from './deadline.ts'

describe('withDeadline', () => {
  test('passes on what comes in time', async () => {
    expect(await withDeadline(Promise.resolve(7), 50)).toBe(7)
    await expect(withDeadline(Promise.reject(new Error('refused')), 50)).rejects.toThrow('refused')
  })

  test('rejects in time when nothing ever comes', async () => {
    const started = performance.now()
    const error = await withDeadline(new Promise(() => undefined), 30).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DeadlineExceeded)
    expect(performance.now() - started).toBeGreaterThanOrEqual(29)
    expect(performance.now() - started).toBeLessThan(200)
  })

  test('hands a late answer over, and swallows a late failure', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    const late: unknown[] = []
    const slow = Promise.withResolvers<number>()
    const failing = Promise.withResolvers<number>()
    const calls = [slow, failing].map(({ promise }) =>
      withDeadline(promise, 5, (answer) => late.push(answer)).catch((error: Error) => error.name),
    )
    expect(await Promise.all(calls)).toEqual(['DeadlineExceeded', 'DeadlineExceeded'])
    slow.resolve(7)
    failing.reject(new Error('too late'))
    await Bun.sleep(5)
    process.off('unhandledRejection', note)
    expect(late).toEqual([{ value: 7 }, null])
    expect(unhandled).toEqual([])
  })
})
