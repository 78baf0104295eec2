/** Origins of web pages. */

/** Whether a text is an origin as browsers send it: no path, no wildcard. */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
