/** Loads what it takes to log in by a provider, where one is set. */
import type { HostConfig } from '../../config/schema.ts'
import type { Logger } from '../../observe/log.ts'
import type { Oidc, OidcOptions } from './oidc.ts'
import { planOidc } from './settings.ts'

/** Makes it of the parts of access control. */
export type OidcMaker = (parts: Omit<OidcOptions, 'settings' | 'log'>) => Oidc

/**
 * @returns undefined where no provider is set
 * @throws {Failure} 78 where settings lack that belong together, or the authorities cannot be read
 */
export async function loadOidc(host: HostConfig, log: Logger): Promise<OidcMaker | undefined> {
  const settings = planOidc(host)
  if (!settings) return undefined
  const { createOidc } = await import('./oidc.ts')
  return (parts) => createOidc({ ...parts, settings, log })
}
