/** Examines the audit log: that its chain is whole, and that nothing waits for it. */
import { anchorFile, readAnchor } from '../audit/anchor.ts'
import { waitingFiles } from '../audit/journal.ts'
import { verifyChain } from '../audit/verify.ts'
import type { Database } from '../database/connection.ts'
import type { Finding } from '../plugin/examination.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { fault, ok, warning } from './finding.ts'

/** @param isServed whether a server runs, which takes up what waits */
export async function examineAudit(
  db: Database,
  { audit }: Pick<DataFolder, 'audit'>,
  isServed: boolean,
  progress: (note: string) => void,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const anchor = await readAnchor(audit)
  const { entries, first, last, breaks } = await verifyChain(db, {
    anchors: anchor ? [anchor] : [],
    progress: (count) => progress(`${count} entries of the audit log`),
  })
  for (const sentence of breaks) findings.push(fault(sentence, 'myoserve audit verify'))
  if (!anchor && last !== null) {
    findings.push(
      warning(
        `There is no ${anchorFile(audit)}, so that nobody knows whether the end of the log was cut off.`,
        'myoserve serve',
      ),
    )
  }
  const waiting = waitingFiles(audit).length
  if (waiting > 0 && !isServed) {
    findings.push(
      warning('Entries of the audit log wait in the data folder for the database.', 'myoserve serve'),
    )
  }
  if (findings.length > 0) return findings
  return [
    ok(
      last === null
        ? 'The audit log is empty.'
        : `The audit log is whole: ${entries} entries, ${first} to ${last}.`,
    ),
  ]
}
