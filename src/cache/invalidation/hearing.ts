/** What one node hears: the versions in force, and whether it hears at all. See postgres.ts for what that is good for. */
import type { DatabaseConnection } from '../../database/connection.ts'
import { messageOf } from '../../exit.ts'
import type { Logger } from '../../observe/log.ts'
import { createOwedAcks, type ExpectedAcks } from './acks.ts'
import { createBatch } from './batch.ts'
import { createFeed, type FeedSession } from './feed.ts'
import { CHANNEL, type Message, parseAck, parseMessage, type VersionList } from './messages.ts'
import { createNodeWatch } from './nodes.ts'
import {
  expel,
  listen,
  readStanding,
  register,
  sendAcks,
  sendBeat,
  unregister,
  versionsAfter,
} from './statements.ts'
import { type Clocks, createTrust, type Moment, momentOf } from './trust.ts'
import { createVersionMap } from './versions.ts'

/** How long after the sending of a canary a node trusts itself. */
export const TRUST_MS = 1200

/** How long a settling waits at most for a node that does not confirm: its trust, and a margin for clocks that run apart. */
export const SETTLE_MS = 1500

const BEAT_MS = 400

/** The other nodes, and the versions of the tags that were asked for. */
export type Standing = Awaited<ReturnType<typeof readStanding>>

export interface Hearing {
  isTrusted(): boolean
  version(tag: string): number
  keyVersion(key: string): number
  /** Takes versions in that are surely committed. */
  raise(versions: VersionList): void
  /** How things stand from now on; null where it cannot be found out. */
  standing(tags: readonly string[]): Promise<Standing | null>
  onBump(listener: (tags: readonly string[]) => void): void
  onTrust(listener: (trusted: boolean) => void): void
  onMessage(listener: (text: string) => void): void
  close(): Promise<void>
}

export interface HearingOptions {
  readonly database: Pick<DatabaseConnection, 'dedicated'>
  readonly log: Logger
  readonly node: string
  readonly clocks: Clocks
  /** Told of the confirmations of the others. */
  readonly acks: Pick<ExpectedAcks, 'heard'>
}

/** Begins to hear, and begins again whenever the connection is lost. */
export function createHearing({ database, log, node, clocks, acks }: HearingOptions): Hearing {
  const trust = createTrust(clocks, TRUST_MS)
  const bumpListeners: Array<(tags: readonly string[]) => void> = []
  const messageListeners: Array<(text: string) => void> = []

  /** In force. */
  let versions = createVersionMap()
  /** Those of a session that is still reading them; they come into force together. */
  let incoming: typeof versions | null = null
  /** The session that has read all versions. */
  let ready: FeedSession | null = null
  /** The session that hears, be it that it still reads the versions. */
  let listening: FeedSession | null = null
  /** Number of the last canary, and when it was sent. */
  let beat = 0
  let beatSent: Moment = momentOf(clocks)
  let canaryBack = Promise.withResolvers<void>()
  let closing = false
  let said = ''

  const owed = createOwedAcks(async (list) => {
    // A confirmation that is lost costs the other one time, and this one its session, as it should.
    await listening?.run((sql) => sendAcks(sql, node, list)).catch(() => undefined)
  })

  function raise(newer: VersionList): void {
    const raised = (incoming ?? versions).raise(newer)
    if (raised.length > 0 && !incoming) for (const listener of bumpListeners) listener(raised)
  }

  function hear(session: FeedSession, channel: string, payload: string): void {
    if (channel !== CHANNEL) {
      const ack = parseAck(payload)
      if (ack) acks.heard(ack)
      return
    }
    const message = parseMessage(payload)
    // It may have been a bump.
    if (!message) session.fail(new Error('a message on the channel cannot be read'))
    else if (message.kind === 'pruned') (incoming ?? versions).forget(message.versions)
    else if (message.kind === 'bump') raise(Object.entries(message.versions))
    else if (message.from === node) hearOwn(message)
    else if (message.kind === 'broadcast') for (const listener of messageListeners) listener(message.text)
    if (message && 'id' in message && message.from !== node) owed.owe(message.from, message.id)
  }

  function hearOwn(message: Message): void {
    if (message.kind !== 'canary' || message.beat !== beat || closing) return
    trust.heardAllUntil(beatSent)
    canaryBack.resolve()
  }

  async function readVersions(session: FeedSession): Promise<void> {
    const read = createVersionMap()
    incoming = read
    for (let last = ''; ; ) {
      const page = await session.run((sql) => versionsAfter(sql, last))
      const end = page.at(-1)
      if (!end) break
      read.raise(page)
      last = end[0]
    }
    versions = read
    incoming = null
    ready = session
  }

  async function live(session: FeedSession): Promise<void> {
    listening = session
    await session.run((sql) => listen(sql, node))
    await readVersions(session)
    await session.run((sql) => register(sql, node, beat))
    const watch = createNodeWatch(node, SETTLE_MS, clocks.monotonic)
    while (session.isAlive() && !closing) {
      beat++
      canaryBack = Promise.withResolvers()
      beatSent = momentOf(clocks)
      const nodes = await session.run((sql) => sendBeat(sql, node, beat))
      if (nodes === null && closing) return
      if (nodes === null) {
        await session.run((sql) => register(sql, node, beat))
        continue
      }
      await session.run(() => canaryBack.promise)
      said = ''
      for (const still of watch.observe(nodes)) await session.run((sql) => expel(sql, still))
      await session.rest(Math.max(0, beatSent.monotonic + BEAT_MS - clocks.monotonic()))
    }
  }

  const feed = createFeed({
    database,
    name: 'myoserve cache',
    hear,
    live,
    ended(session, reason) {
      trust.lose()
      if (ready === session) ready = null
      if (listening === session) listening = null
      incoming = null
      owed.clear()
      const text = messageOf(reason)
      if (text !== said && text !== 'closed')
        log.warn({ reason: text }, 'cache: the feed of invalidations is lost')
      said = text
    },
  })

  /** How things stand from now on, read once for all who ask meanwhile; null where it is unknown. */
  const standing = createBatch(async (tags: readonly string[]): Promise<Standing | null> => {
    const answer = ready?.run((sql) => readStanding(sql, node, [...new Set(tags)]))
    return answer ? answer.catch(() => null) : null
  })

  return {
    isTrusted: trust.isTrusted,
    version: (tag) => versions.get(tag),
    keyVersion: (key) => versions.ofKey(key),
    raise,
    standing,
    onBump: (listener) => void bumpListeners.push(listener),
    onTrust: trust.onChange,
    onMessage: (listener) => void messageListeners.push(listener),
    async close() {
      closing = true
      trust.lose()
      await feed.close((session) => session.run((sql) => unregister(sql, node)))
    },
  }
}
