/** How a part of the server is doing. */

export interface Health {
  readonly status: 'ok' | 'degraded' | 'failed'
  /** One sentence, where there is something to say. */
  readonly reason?: string
}
