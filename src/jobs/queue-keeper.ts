/** Makes queues as they are declared, each once. */
import type { Boss } from './boss.ts'
import { type Queue, queueOptions } from './queue.ts'

export interface QueueKeeper {
  /** Resolves when the queue is there, with the options that are declared. */
  ready(queue: Queue): Promise<void>
}

export async function createQueueKeeper(boss: Boss['boss']): Promise<QueueKeeper> {
  const known = new Map((await boss.getQueues()).map((each) => [each.name, each]))
  const made = new WeakMap<Queue, Promise<void>>()

  async function make(queue: Queue): Promise<void> {
    const options = queueOptions(queue)
    const there = known.get(queue.id)
    if (!there) {
      await boss.createQueue(queue.id, { policy: 'exclusive', ...options })
      // Another server may have made it first, and may be another release.
      await boss.updateQueue(queue.id, options)
      return
    }
    const differs = Object.entries(options).some(
      ([name, value]) => there[name as keyof typeof there] !== value,
    )
    if (differs) await boss.updateQueue(queue.id, options)
  }

  return {
    ready(queue) {
      const making = made.get(queue) ?? make(queue)
      made.set(queue, making)
      // One that fails is tried again by whoever needs it next.
      making.catch(() => made.delete(queue))
      return making
    },
  }
}
