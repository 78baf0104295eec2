/** Whether something answers the same again, and leaves alone what it was handed. */

/** What a value holds, samples included: to be held against what it holds later. */
const printOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    each instanceof Float64Array || each instanceof Uint8Array
      ? Bun.hash.xxHash3(each as Uint8Array).toString(36)
      : each,
  )

/**
 * Runs something twice on one input.
 *
 * @param check throws a sentence where an answer is not as it should be
 * @returns what is wrong, a sentence each
 */
export function steadyFaults<Input, Answer>(
  what: string,
  input: Input,
  run: (input: Input) => Answer,
  check: (answer: Answer) => unknown,
): string[] {
  const before = printOf(input)
  try {
    const first = run(input)
    check(first)
    if (printOf(input) !== before) return [`on ${what}, it writes into what it was handed`]
    return Bun.deepEquals(run(input), first) ? [] : [`on ${what}, it answers another thing the second time`]
  } catch (error) {
    return [`on ${what}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
