/** Texts that are parts of larger ones. */

/** The same text in memory of its own: a part of a text keeps all of it alive. Must be well-formed Unicode. */
export const detached = (text: string): string => Buffer.from(text).toString()
