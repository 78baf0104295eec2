/** What an analysis is made of, as tables. */
import { registry } from '../../support/analysis.ts'
import { table } from './blocks.ts'

const unitOf = (unit: string): string => unit.replaceAll('{unit}', 'U')

export const metricTable = (): string =>
  table(
    ['metric', 'what it is', 'unit', 'reference'],
    registry.metrics
      .list()
      .map(({ id, summary, unit, reference }) => [`\`${id}\``, summary, unitOf(unit), reference]),
  )

export const checkTable = (): string =>
  table(
    ['check', 'what it looks for', 'unit', 'reference'],
    registry.checks
      .list()
      .map(({ id, summary, unit, reference }) => [`\`${id}\``, summary, unitOf(unit), reference]),
  )
