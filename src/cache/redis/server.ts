/** One Redis server as the tier calls it: by a deadline, and not at all while it is failing. */
import type { RedisArgument } from 'redis'
import { type BreakerOptions, type BreakerState, createBreaker, type Permit } from '../breaker.ts'
import { allOrFailure, withDeadline } from '../deadline.ts'
import { TierFailure, type TierState } from '../tiers/tier.ts'
import { describeFailure, type RedisFailure, replyCode } from './failure.ts'
import { type Link, type LinkTarget, openLink } from './link.ts'

/** A Cluster's word that a key is elsewhere, for good (`MOVED`) or for this once (`ASK`). */
export class Redirect extends Error {
  override readonly name = 'Redirect'

  constructor(
    readonly kind: 'MOVED' | 'ASK',
    readonly slot: number,
    readonly address: string,
  ) {
    super(`the slot is elsewhere (${kind})`)
  }
}

/** A command and its arguments. */
export type Command = readonly RedisArgument[]

export interface CallOptions {
  /** When the call ends, whatever the server does: by `performance.now()`. */
  readonly until: number
  /** Sent before each command on the same connection, with nothing between: `ASKING`. */
  readonly before?: Command
  /** Takes the replies that came after the deadline; not called for a failure. */
  readonly late?: (replies: readonly unknown[]) => void
}

export interface ServerOptions {
  readonly deadlineMs: number
  readonly breaker?: Partial<BreakerOptions> | undefined
  /** It is the master that sentinels name: where it turns out to be a replica, they are asked again. */
  readonly followsMaster?: boolean | undefined
  /** Called whenever it begins or ends to be fully used. */
  readonly onChange?: (() => void) | undefined
}

export interface Server {
  /** `open` while there is no connection, too. */
  state(): BreakerState
  isAvailable(): boolean
  lastFailure(): TierState['lastFailure']
  /**
   * Sends commands in one go. For the breaker they are one: a batch that is too large must not look like a server that
   * fails again and again.
   *
   * @returns a reply for each; the first failure among them once all are there
   * @throws {TierFailure}
   * @throws {Redirect} when a Cluster says so
   */
  call(commands: readonly Command[], options: CallOptions): Promise<readonly unknown[]>
  close(): void
}

function redirectOf(error: unknown): Redirect | null {
  const code = replyCode(error)
  if (code !== 'MOVED' && code !== 'ASK') return null
  const match = /^(?:MOVED|ASK) (\d+) (\S*:\d+)$/.exec((error as Error).message)
  return match ? new Redirect(code, Number(match[1]), match[2] as string) : null
}

/** Opens a server; it need not be there yet. */
export function openServer(target: LinkTarget, options: ServerOptions): Server {
  const breaker = createBreaker(options.breaker)
  let lastFailure: TierState['lastFailure'] = null
  /** When the server last answered anything, however late: a sign that the connection lives. */
  let answeredAt = Number.NEGATIVE_INFINITY
  let wasUsable = false

  const note = ({ message }: RedisFailure): void => {
    lastFailure = { message, at: Date.now() }
  }
  const isAvailable = (): boolean => link.isReady() && breaker.isOpenToCalls()
  const tellChange = (): void => {
    const usable = link.isReady() && breaker.state() === 'closed'
    if (usable === wasUsable) return
    wasUsable = usable
    options.onChange?.()
  }
  const fail = (failure: RedisFailure): TierFailure => {
    note(failure)
    return new TierFailure('redis', failure.reason, `Redis: ${failure.message}`)
  }

  const settleFailure = (permit: Permit, sentAt: number, error: unknown): Error => {
    const redirect = redirectOf(error)
    const failure = describeFailure(error)
    if (redirect !== null || failure.answered) permit.succeeded()
    else permit.failed()
    // It may be gone without a word, or frozen: a new connection finds out, and no caller has to wait for it.
    const silent = failure.reason === 'timeout' && breaker.state() !== 'closed' && answeredAt < sentAt
    const demoted = options.followsMaster === true && replyCode(error) === 'READONLY'
    if (silent || demoted) link.renew(failure)
    return redirect ?? fail(failure)
  }

  const send = (command: Command, before: Command | undefined): Promise<unknown> => {
    if (before) link.send(before).catch(() => undefined)
    return link.send(command)
  }
  const sendAll = async (commands: readonly Command[], before: Command | undefined): Promise<unknown[]> => {
    const [only] = commands
    if (commands.length === 1 && only) return [await send(only, before)]
    return allOrFailure(commands.map((command) => send(command, before)))
  }

  const call: Server['call'] = async (commands, { until, before, late }) => {
    if (!link.isReady()) {
      const { reason, message } = link.failure() ?? {
        reason: 'offline',
        message: 'there is no connection yet',
      }
      throw fail({ reason: reason === 'refused' ? 'refused' : 'offline', message, answered: false })
    }
    const permit = breaker.enter()
    if (permit === null) {
      throw new TierFailure('redis', 'open', 'Redis: it is left alone for a moment, since it fails')
    }
    const sentAt = performance.now()
    try {
      const replies = await withDeadline(sendAll(commands, before), Math.max(1, until - sentAt), (answer) => {
        answeredAt = performance.now()
        if (answer) late?.(answer.value)
      })
      answeredAt = performance.now()
      permit.succeeded()
      return replies
    } catch (error) {
      throw settleFailure(permit, sentAt, error)
    } finally {
      tellChange()
    }
  }

  const link: Link = openLink(target, {
    onReady() {
      if (breaker.state() === 'closed') return tellChange()
      // The probe is ours, so that nobody waits for a server that greets and then serves nothing.
      breaker.retryNow()
      call([['PING']], { until: performance.now() + options.deadlineMs }).catch(() => undefined)
    },
    onLost(failure) {
      note(failure)
      tellChange()
    },
  })

  return {
    state: () => (link.isReady() ? breaker.state() : 'open'),
    isAvailable,
    lastFailure: () => lastFailure,
    call,
    close: link.close,
  }
}
