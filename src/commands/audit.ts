/** `myoserve audit`: verifies, exports and prunes the audit log, beside a server that runs or without one. */
import type { Anchor } from '../audit/anchor.ts'
import type { ExportFormat } from '../audit/export.ts'
import type { AuditFilter } from '../audit/filter.ts'
import type { DatabaseConnection } from '../database/connection.ts'
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command, Invocation, Terminal } from '../terminal/command.ts'

const USAGE = 'verify [--head SEQ:HASH] | export [--format ndjson|csv] [--from TIME] [--to TIME] | prune'

interface Work {
  readonly program: Program
  readonly database: DatabaseConnection
  readonly options: Invocation['options']
  readonly terminal: Terminal
}

function anchorOf(text: unknown): Anchor[] {
  if (typeof text !== 'string') return []
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined) {
    throw new Failure(EXIT.usage, `--head is "${text}", expected a place and a hash such as 41:9f86d0…`)
  }
  return [{ seq: Number(seq), hash }]
}

/** What stands beside the chain in the data folder. */
async function besideOf(program: Program): Promise<{ readonly anchors: Anchor[]; readonly waiting: number }> {
  const [{ readAnchor }, { waitingFiles }, { dataFolderPath, roomsOf }] = await Promise.all([
    import('../audit/anchor.ts'),
    import('../audit/journal.ts'),
    import('../storage/data-folder.ts'),
  ])
  const { audit } = roomsOf(dataFolderPath(program.configuration.host.data))
  const anchor = await readAnchor(audit)
  return { anchors: anchor ? [anchor] : [], waiting: waitingFiles(audit).length }
}

async function verify({ program, database, options, terminal }: Work): Promise<ExitCode> {
  const given = anchorOf(options.head)
  const { verifyChain } = await import('../audit/verify.ts')
  const { anchors, waiting } = await besideOf(program)
  const { entries, first, last, head, breaks } = await verifyChain(database.db, {
    anchors: [...anchors, ...given],
    progress: (count) => terminal.interactive && terminal.err(`\r\u001b[K${count} entries`),
  })
  if (terminal.interactive) terminal.err('\r\u001b[K')
  for (const sentence of breaks) terminal.out(`${sentence}\n`)
  if (waiting > 0)
    terminal.out('Entries wait in the journal of the data folder; a server that runs takes them up.\n')
  if (breaks.length > 0) throw new Failure(EXIT.badData, `the audit log is not whole: ${breaks[0]}`)
  if (last === null) terminal.out('The audit log is empty.\n')
  else
    terminal.out(`The audit log is whole: ${entries} entries, ${first} to ${last}.\nHead: ${last}:${head}\n`)
  return EXIT.ok
}

async function exportLog({ database, options, terminal }: Work): Promise<ExitCode> {
  const [{ EXPORT_FORMATS, exportText }, { FILTER }, v] = await Promise.all([
    import('../audit/export.ts'),
    import('../audit/filter.ts'),
    import('valibot'),
  ])
  const Options = v.object({
    format: v.optional(v.picklist(EXPORT_FORMATS), 'ndjson'),
    from: FILTER.from,
    to: FILTER.to,
  })
  const parsed = v.safeParse(Options, options)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new Failure(EXIT.usage, `--${v.getDotPath(issue)}: ${issue.message}`)
  }
  const { format, ...filter }: { format: ExportFormat } & AuditFilter = parsed.output
  await note(database, 'audit:read', 'COMMAND audit export')
  for await (const part of exportText(database.db, format, filter)) terminal.out(part)
  return EXIT.ok
}

/** Who takes the log away stands in it, whether or not a server runs that would seal it. */
async function note({ db }: DatabaseConnection, action: string, route: string): Promise<void> {
  const [{ entryOf }, { sealAll }, { insertEntries }, { hostname }] = await Promise.all([
    import('../audit/entry.ts'),
    import('../audit/seal.ts'),
    import('../audit/statements.ts'),
    import('node:os'),
  ])
  const by = {
    identity: { id: 'system' },
    action,
    route,
    records: [],
    count: null,
    address: null,
    requestId: null,
  }
  await insertEntries(db, [entryOf(by, { outcome: 'done' }, hostname(), Date.now())])
  await sealAll(db, 'wait')
}

async function prune({ program, database: { db }, terminal }: Work): Promise<ExitCode> {
  const [{ pruneLog }, { sealAll }, { actAsSystem }, { hostname }] = await Promise.all([
    import('../audit/prune.ts'),
    import('../audit/seal.ts'),
    import('../identity/acting.ts'),
    import('node:os'),
  ])
  const before = Date.now() - program.configuration.host.auditRetention
  const removed = await actAsSystem('audit:prune', 'COMMAND audit prune', () =>
    pruneLog(db, before, hostname()),
  )
  await sealAll(db, 'wait')
  const day = new Date(before).toISOString()
  terminal.out(`${removed === 1 ? '1 entry was' : `${removed} entries were`} removed, from before ${day}\n`)
  return EXIT.ok
}

const ACTIONS: Readonly<Record<string, (work: Work) => Promise<ExitCode>>> = {
  verify,
  export: exportLog,
  prune,
}

export const auditCommand = (program: Program): Command => ({
  name: 'audit',
  summary: 'Verify, export or prune the audit log',
  usage: USAGE,
  options: {
    head: {
      type: 'string',
      value: 'SEQ:HASH',
      summary: 'With verify: a place of the chain that was noted elsewhere',
    },
    format: { type: 'string', value: 'FORMAT', summary: 'With export: ndjson or csv' },
    from: { type: 'string', value: 'TIME', summary: 'With export: not before this time' },
    to: { type: 'string', value: 'TIME', summary: 'With export: before this time' },
  },
  async run({ args, options, terminal }) {
    const [name = ''] = args
    const action = args.length === 1 && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
    if (!action) throw new Failure(EXIT.usage, `audit takes ${USAGE}`)
    const { useDatabase } = await import('../database/use.ts')
    const { data, databaseUrl } = program.configuration.host
    return useDatabase({ data, databaseUrl, log: program.log }, (database) =>
      action({ program, database, options, terminal }),
    )
  },
})
