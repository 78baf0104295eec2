import { expect, test } from 'bun:test'
import { fileFacts } from './file-facts.ts'

const parameter = (value: unknown) => ({ type: 'char', dimensions: [], value })

test('what a C3D file says of task and devices is told with its place, and nobody is named', () => {
  const { task, electrodes, instrumentation } = fileFacts({
    processor: 'intel',
    storage: 'float',
    parameters: {
      INFO: {
        GAME_NAME: parameter('Ghostly'),
        GAME_LEVEL_NAME: parameter(' ---'),
        GAME_LEVEL: parameter(2),
        SYSTEM: parameter('OpenFeasyo'),
        PLAYER_NAME: parameter('Erika Mustermann'),
      },
      SUBJECTS: { NAMES: parameter(['Erika Mustermann']), PLAYER_NAME: parameter('Erika Mustermann') },
    },
  })
  expect(task).toEqual([
    { source: 'INFO:GAME_NAME', value: 'Ghostly' },
    { source: 'INFO:GAME_LEVEL', value: '2' },
  ])
  expect(electrodes).toEqual([])
  expect(instrumentation).toEqual([
    { source: 'INFO:SYSTEM', value: 'OpenFeasyo' },
    { source: 'C3D', value: 'intel, float' },
  ])
})

test('what an EDF file says of transducers and filters is told once each', () => {
  const signals = ['AgAgCl electrode', 'AgAgCl electrode', ''].map((transducer) => ({
    transducer,
    prefilter: 'HP:20Hz',
  }))
  const { electrodes, instrumentation } = fileFacts({ signals })
  expect(electrodes).toEqual([{ source: 'transducer', value: 'AgAgCl electrode' }])
  expect(instrumentation).toEqual([{ source: 'prefilter', value: 'HP:20Hz' }])
})

test.each([
  [{}],
  [{ parameters: null, signals: null }],
  [{ parameters: [], signals: [null, 1, 'x'] }],
  [{ parameters: { INFO: null, MANUFACTURER: { COMPANY: 7 } } }],
  [
    {
      parameters: {
        INFO: { TITLE: { value: { nested: true } }, GAME_NAME: { value: [Number.NaN, 'N/A', ''] } },
      },
    },
  ],
])('what says nothing is not stated: %j', (description) => {
  expect(fileFacts(description)).toEqual({ task: [], electrodes: [], instrumentation: [] })
})
