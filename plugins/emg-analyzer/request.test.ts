import { expect, test } from 'bun:test'
import { type AnalysisRequest, isUsual } from './request.ts'

test.each<readonly [what: string, request: AnalysisRequest]>([
  ['nothing', {}],
  ['the configured preset', { preset: 'clinical' }],
  ['what is undefined', { parameters: undefined } as unknown as AnalysisRequest],
])('a request for %s asks for what is configured', (_, request) => {
  expect(isUsual(request, 'clinical')).toBe(true)
})

test.each<readonly [what: string, request: AnalysisRequest]>([
  ['another preset', { preset: 'ghostly' }],
  ['parameters', { parameters: { rateOverride: 1000 } }],
  ['targets', { targets: { mvcPercent: 50 } }],
  ['channels', { channels: [{ channel: 'L VL', side: 'left' }] }],
  ['the affected side', { affectedSide: 'left' }],
])('a request for %s does not', (_, request) => {
  expect(isUsual(request, 'clinical')).toBe(false)
})
