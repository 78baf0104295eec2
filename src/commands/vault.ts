/** `myoserve vault`: the keys that fields are sealed by. */
import type { Database } from '../database/connection.ts'
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command, Terminal } from '../terminal/command.ts'
import { createProgress } from '../terminal/progress.ts'
import type { KeyPlace } from '../vault/open.ts'
import type { SealedColumn } from '../vault/sealed-column.ts'
import type { KeySource } from '../vault/vault.ts'

const USAGE = 'status [--json] | rotate | forget KEY'

interface Work {
  readonly db: Database
  readonly place: KeyPlace
  readonly source: KeySource
  readonly columns: readonly SealedColumn[]
  readonly terminal: Terminal
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

async function status({ db, place, source, columns, terminal }: Work, json: boolean): Promise<ExitCode> {
  const [{ keyUses }, { registeredKeys }, { placeName }] = await Promise.all([
    import('../vault/columns.ts'),
    import('../vault/registry.ts'),
    import('../vault/open.ts'),
  ])
  const ring = source.ring()
  const uses = await keyUses(db, columns)
  const ids = [
    ...new Set([
      ...(await registeredKeys(db)),
      ...uses.flatMap(({ key }) => key ?? []),
      ...ring.map(({ id }) => id),
    ]),
  ]
  const keys = ids.map((id) => ({
    id,
    present: ring.some((key) => key.id === id),
    seals: ring.at(-1)?.id === id,
    values: uses.filter(({ key }) => key === id).reduce((sum, { count }) => sum + count, 0),
  }))
  const unsealed = uses.filter(({ key }) => key === null)
  const isWell = keys.every(({ present }) => present) && unsealed.length === 0
  if (json) {
    terminal.out(`${JSON.stringify({ place: placeName(place), keys, columns: uses }, null, 2)}\n`)
    return isWell ? EXIT.ok : EXIT.badConfiguration
  }
  terminal.out(`keys in ${placeName(place)}\n`)
  for (const { id, present, seals, values } of keys) {
    const state = present ? (seals ? 'seals and opens' : 'opens') : 'is missing'
    terminal.out(`  ${id}  ${state}; ${plural(values, 'value')}\n`)
  }
  for (const { column, count } of unsealed)
    terminal.out(`  ${plural(count, 'value')} of ${column} not sealed\n`)
  return isWell ? EXIT.ok : EXIT.badConfiguration
}

async function rotateKeys({ terminal, ...work }: Work): Promise<ExitCode> {
  const { rotate } = await import('../vault/rotate.ts')
  let progress = createProgress(terminal, 0)
  const { key, made, sealed, failed } = await rotate({
    ...work,
    onTotal(count) {
      progress = createProgress(terminal, count)
    },
    onStep(count) {
      for (let i = 0; i < count; i++) progress.step('values')
    },
  }).finally(() => progress.done())
  terminal.out(
    `${plural(sealed, 'value')} sealed anew by the key ${key}, which ${made ? 'is new' : 'was there'}\n`,
  )
  if (failed.length === 0) return EXIT.ok
  for (const name of failed) terminal.err(`${name} does not open, and was left as it is\n`)
  return EXIT.badData
}

export const vaultCommand = (program: Program): Command => ({
  name: 'vault',
  summary: 'List the keys that fields are sealed by, or seal everything by a new one',
  usage: USAGE,
  options: { json: { type: 'boolean', summary: 'Print the keys as JSON' } },
  async run({ args, options, terminal }) {
    const [action, id] = args
    const isWhole = action === 'forget' ? args.length === 2 : args.length === 1
    if (!isWhole || !['status', 'rotate', 'forget'].includes(action ?? '')) {
      throw new Failure(EXIT.usage, `vault takes ${USAGE}`)
    }
    const [{ useDatabase }, { keyPlace, keySource }, { openDataFolder }] = await Promise.all([
      import('../database/use.ts'),
      import('../vault/open.ts'),
      import('../storage/data-folder.ts'),
    ])
    const { host } = program.configuration
    const place = keyPlace(host, await openDataFolder(host.data))
    const source = await keySource(place)
    const columns = program.plugins.flatMap(({ sealed = [] }) => sealed)
    return useDatabase(
      { data: host.data, databaseUrl: host.databaseUrl, log: program.log },
      async ({ db }) => {
        const { isMigrated } = await import('../vault/registry.ts')
        if (!(await isMigrated(db))) {
          throw new Failure(
            EXIT.badConfiguration,
            'the database has not the tables of this release yet; run `myoserve migrate --apply`',
          )
        }
        const work: Work = { db, place, source, columns, terminal }
        if (action === 'status') return status(work, options.json === true)
        if (action === 'rotate') return rotateKeys(work)
        const { forget } = await import('../vault/rotate.ts')
        await forget(db, place, source, columns, id as string)
        terminal.out(`the key ${id} is forgotten\n`)
        return EXIT.ok
      },
    )
  },
})
