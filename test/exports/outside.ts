/** Readers that are no part of the project, as far as this machine has them. */
import { existsSync } from 'node:fs'

/** Whether python3 is there with a module. */
function hasPython(module: string): boolean {
  try {
    return (
      Bun.spawnSync(['python3', '-c', `import ${module}`], { stdout: 'ignore', stderr: 'ignore' })
        .exitCode === 0
    )
  } catch {
    return false
  }
}

export const HAS_PYTHON = hasPython('csv')
export const HAS_SCIPY = hasPython('scipy.io')

/** To be put behind the name of a test that needs it. */
export const pythonNote = HAS_PYTHON ? '' : ' (skipped: python3 is missing)'
export const scipyNote = HAS_SCIPY
  ? ''
  : ' (skipped: python3 with scipy is missing; Debian has it as python3-scipy)'

/** BioSig reads EDF+ by code of its own. */
export const BIOSIG = ['/usr/bin/save2gdf'].find((path) => existsSync(path))
export const biosigNote = BIOSIG ? '' : ' (skipped: save2gdf is missing; Debian has it in biosig-tools)'

/** Runs a script with the path of a file, and reads the JSON that it prints. */
export async function askPython<T>(script: string, path: string): Promise<T> {
  const child = Bun.spawn(['python3', '-c', script, path], { stdout: 'pipe', stderr: 'pipe' })
  const [text, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(errors)
  return JSON.parse(text) as T
}

interface DuckConnection {
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>
}

/** Only where somebody has installed it: its library is larger than the project. */
const duckdb = '@duckdb/node-api'

export const DUCKDB: { create(path: string): Promise<{ connect(): Promise<DuckConnection> }> } | undefined =
  await import(duckdb).then(
    ({ DuckDBInstance }) => DuckDBInstance,
    () => undefined,
  )
export const duckdbNote = DUCKDB ? '' : ' (skipped: DuckDB is missing; npm has it as @duckdb/node-api)'
