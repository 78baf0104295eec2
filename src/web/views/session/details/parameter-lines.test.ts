import { expect, test } from 'bun:test'
import { parameterLines } from './parameter-lines.ts'

test('parameters stand by their paths, lists in one line, and none is left out', () => {
  expect(
    parameterLines({
      bandPass: { lowHz: 20, highHz: null },
      removeOffset: true,
      band: [5, 500],
      notch: null,
      options: {},
    }),
  ).toEqual([
    { path: 'bandPass.lowHz', value: 20 },
    { path: 'bandPass.highHz', value: null },
    { path: 'removeOffset', value: true },
    { path: 'band', value: '5, 500' },
    { path: 'notch', value: null },
  ])
})
