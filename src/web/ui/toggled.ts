/** What is ticked among boxes. */

/** With one more or one less; in the order of `all`. */
export const toggled = (chosen: readonly string[], name: string, all: readonly string[]): readonly string[] =>
  all.filter((each) => (each === name) !== chosen.includes(each))
