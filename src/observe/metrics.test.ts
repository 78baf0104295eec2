import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { parseMetrics } from './fixtures.ts'
import { checkMetrics, type Metric, metricsText } from './metrics.ts'
import { processMetrics } from './process-metrics.ts'

const reads: Metric = {
  name: 'test_reads_total',
  help: 'Reads.',
  type: 'counter',
  samples: [{ labels: { tier: 'memory' }, value: 3 }, { value: 4 }],
}

describe('metricsText', () => {
  test('writes each family under its help and type', () => {
    const latency: Metric = {
      name: 'test_latency_seconds',
      help: 'What it takes.',
      type: 'summary',
      samples: [{ labels: { tier: 'redis' }, quantiles: { 0.5: 0.001, 0.95: 2e-7 }, sum: 1.5, count: 9 }],
    }
    expect(metricsText([reads, latency])).toBe(`# HELP test_reads_total Reads.
# TYPE test_reads_total counter
test_reads_total{tier="memory"} 3
test_reads_total 4
# HELP test_latency_seconds What it takes.
# TYPE test_latency_seconds summary
test_latency_seconds{tier="redis",quantile="0.5"} 0.001
test_latency_seconds{tier="redis",quantile="0.95"} 2e-7
test_latency_seconds_sum{tier="redis"} 1.5
test_latency_seconds_count{tier="redis"} 9
`)
  })

  test('gives back any text and any number through a reader of the format', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '{', '}', ',', '=', ' ', 'é', '💓'),
      minLength: 1,
    })
    fc.assert(
      fc.property(text, text, fc.double(), (label, help, double) => {
        // The format has no use for the sign of zero.
        const value = double + 0
        const metric: Metric = {
          name: 'test_value',
          help: `x${help}`,
          type: 'gauge',
          samples: [{ labels: { label }, value }],
        }
        const family = parseMetrics(metricsText([metric])).get('test_value')
        expect(family?.help).toBe(`x${help}`)
        expect(family?.samples).toEqual([{ name: 'test_value', labels: { label }, value }])
      }),
    )
  })
})

describe('checkMetrics', () => {
  const check = (metric: object, taken: string[] = []) =>
    checkMetrics([{ ...reads, ...metric } as Metric], 'test_', new Set(taken))

  test('finds nothing wrong with metrics that are right', () => {
    expect(check({})).toBeUndefined()
    expect(checkMetrics(processMetrics(), '', new Set())).toBeUndefined()
  })

  test.each([
    ['another prefix', { name: 'reads_total' }, /does not begin with test_/],
    ['capitals', { name: 'test_Reads_total' }, /snake_case/],
    ['no help', { help: ' ' }, /no help/],
    ['a counter without _total', { name: 'test_reads' }, /end in _total/],
    ['a gauge with _total', { type: 'gauge' }, /end in _total/],
    ['a name that a summary makes', { name: 'test_reads_count', type: 'gauge' }, /suffix/],
    ['the same labels twice', { samples: [{ value: 1 }, { value: 2 }] }, /same labels/],
    [
      'the same labels in another order',
      {
        samples: [
          { labels: { a: '1', b: '2' }, value: 1 },
          { labels: { b: '2', a: '1' }, value: 2 },
        ],
      },
      /same labels/,
    ],
    ['a label that is no word', { samples: [{ labels: { 'a-b': '1' }, value: 1 }] }, /label "a-b"/],
    ['data for a label', { samples: [{ labels: { a: 'x'.repeat(121) }, value: 1 }] }, /longer than 120/],
    [
      'a series for each of many',
      { samples: Array.from({ length: 1001 }, (_, i) => ({ labels: { id: `${i}` }, value: 1 })) },
      /more than 1000/,
    ],
    [
      'a quantile of its own',
      {
        name: 'test_s',
        type: 'summary',
        samples: [{ labels: { quantile: '1' }, quantiles: {}, sum: 0, count: 0 }],
      },
      /quantile itself/,
    ],
  ])('refuses %s', (_, metric, sentence) => {
    expect(check(metric)).toMatch(sentence)
  })

  test('refuses a name that is taken, and one that is there twice', () => {
    expect(check({}, ['test_reads_total'])).toMatch(/twice/)
    expect(checkMetrics([reads, reads], 'test_', new Set())).toMatch(/twice/)
  })
})
