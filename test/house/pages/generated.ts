/** Every part of the documentation that the program writes, by its name. */
import { comparisonTable } from './comparison.ts'
import { exampleBlock } from './example.ts'
import { detectorTables, presetMetricTable, presetTable } from './parameters.ts'
import { checkTable, metricTable } from './registries.ts'
import { thresholdTable } from './thresholds.ts'

export const generateBlocks = async (): Promise<Map<string, string>> =>
  new Map([
    ['presets', presetTable()],
    ['figures of the presets', presetMetricTable()],
    ['detectors', detectorTables()],
    ['comparison of the detectors', comparisonTable()],
    ['metrics', metricTable()],
    ['quality checks', checkTable()],
    ['thresholds of the quality checks', thresholdTable()],
    ['example', await exampleBlock()],
  ])
