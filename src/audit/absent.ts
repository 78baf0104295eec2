/** Stands for the audit log where nothing is done that belongs in it: commands without a server, tests of plugins. */
import type { Audit } from './contract.ts'

export const absentAudit: Audit = { record: async () => undefined }
