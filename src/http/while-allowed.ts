/** Ends an answer that lasts, such as a stream of events, once whoever gets it may not have it any more. */

/** Two of them in a second: what is remembered of somebody for half a second is refused within one. */
const ASK_MS = 500

/**
 * The same answer, for as long as it is allowed; asked twice a second.
 *
 * @param isAllowed false where that cannot be found out; it does not reject
 */
export function whileAllowed(answer: Response, isAllowed: () => Promise<boolean>): Response {
  if (!answer.body) return answer
  const reader = answer.body.getReader()
  let asking: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const end = (): void => {
    isOver = true
    clearTimeout(asking)
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const ask = async (): Promise<void> => {
        const allowed = await isAllowed()
        if (isOver) return
        if (allowed) {
          asking = setTimeout(ask, ASK_MS)
          return
        }
        end()
        controller.close()
        await reader.cancel()
      }
      asking = setTimeout(ask, ASK_MS)
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (isOver) return
        if (!done) {
          controller.enqueue(value)
          return
        }
        end()
        controller.close()
      } catch (error) {
        if (isOver) return
        end()
        controller.error(error)
      }
    },
    cancel(reason) {
      end()
      return reader.cancel(reason)
    },
  })
  return new Response(body, answer)
}
