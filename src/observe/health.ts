/** How a part of the server is doing. */

/** What a plugin answers under `health`. */
export interface Health {
  readonly status: 'ok' | 'degraded' | 'failed'
  /** One sentence, where there is something to say. */
  readonly reason?: string
}
