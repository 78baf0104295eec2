/** The analyzer as one plugin is handed it: what that plugin adds is its own, and leaves with it. */
import { attributed, type Borrower } from '../../src/sdk.ts'
import { quarantinedProblem } from './analysis/index.ts'
import { guardReport } from './report.ts'
import type { Analyzer, TargetSource } from './service.ts'

/** A source from outside runs under the name of its plugin; without it nobody knows what the targets are. */
const guardTargets =
  (source: TargetSource, { name, quarantined }: Borrower): TargetSource =>
  (session) => {
    const reason = quarantined()
    if (reason !== undefined) throw quarantinedProblem('The targets', name, reason)
    return attributed(name, () => source(session))
  }

export const lendAnalyzer = (analyzer: Analyzer, borrower: Borrower): Analyzer => ({
  ...analyzer,
  registry: analyzer.registry.lendTo(borrower),
  sections: analyzer.sections.lendTo(borrower),
  useTargets(source) {
    const end = analyzer.useTargets(borrower.origin === 'external' ? guardTargets(source, borrower) : source)
    borrower.onLeave(end)
    return end
  },
  useReport(writer) {
    const end = analyzer.useReport(borrower.origin === 'external' ? guardReport(writer, borrower) : writer)
    borrower.onLeave(end)
    return end
  },
})
