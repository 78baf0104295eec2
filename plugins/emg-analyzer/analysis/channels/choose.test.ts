import { describe, expect, test } from 'bun:test'
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import { chooseChannels } from './choose.ts'

type Given = Partial<Pick<RecordingChannel, 'label' | 'unit' | 'description' | 'forcePlate'>>

const channels = (...given: Given[]): RecordingChannel[] =>
  given.map((each, index) => ({
    index,
    label: '',
    name: each.label ?? `A${index}`,
    description: '',
    unit: 'V',
    rate: 1000,
    length: 0,
    forcePlate: false,
    samples: () => new Float64Array(0),
    ...each,
  }))
const chosen = (...given: Given[]) => chooseChannels(channels(...given)).emg.map(({ label }) => label)
const codes = (...given: Given[]) => chooseChannels(channels(...given)).exclusions.map(({ code }) => code)
const named = (...labels: string[]): Given[] => labels.map((label) => ({ label }))

describe('chooseChannels', () => {
  test('takes muscles by their names, abbreviated or whole, in several languages', () => {
    const labels = [
      'R TIB ANT',
      'L Rectus',
      'Vaste Ext',
      'Gastrocnemius Lateralis',
      'RVAS',
      'EMG 3',
      'sEMG_4',
      'LeftBiceps',
    ]
    expect(chosen(...named(...labels))).toEqual(labels)
  })

  test('takes what the description says, where the label is only a code', () => {
    expect(chosen({ label: 'CH3', description: 'Right Tibialis Anterior' }, { label: 'CH4' })).toEqual([
      'CH3',
    ])
  })

  test('leaves out force plates, whatever they are called', () => {
    expect(codes({ label: 'EMG1', forcePlate: true })).toEqual(['FORCE_PLATE'])
    expect(
      codes(...named('FX1', 'F1Z', 'PF2-MX', 'FP1_FY', 'PF1Mz', 'FY1+4', 'PX1', '1.Fz', 'Plate:Fy2')),
    ).toEqual(Array(9).fill('OTHER_SIGNAL'))
  })

  test('leaves out units that are no voltage', () => {
    for (const unit of ['N', 'Nmm', 'nt', 'd.u.', 'g', 'deg', 'm/s2'])
      expect(codes({ label: 'X', unit })).toEqual(['UNIT'])
    for (const unit of ['V', 'mV', 'uV', 'µV', 'Volts', 'millivolt', ' V ', '', null])
      expect(codes({ label: 'X', unit })).toEqual([])
  })

  test.each([
    'Sync',
    'Trigger In',
    'LeftFootSwitch',
    'ACC X',
    'Gyroscope 1',
    'Knee Angle',
    'Force Transducer',
    'ECG',
    'CoPx',
    'COP Y',
    'AccX',
    'Sensor 1.ACCX1',
    'EMG1.ACCZ1',
    'EMG sync',
    'Handgrip',
    'Knee Flexion',
    'RT Inclinometer',
    'FSW1',
    'IM GYR X1',
    'Pin.1',
    'Stimulator',
  ])('leaves out %s', (label) => {
    expect(codes({ label })).toEqual(['OTHER_SIGNAL'])
  })

  test.each([
    'R VL knee extension',
    'Trigno 3 R TA',
    'R TA (Trigno)',
    'L Temporalis',
    'LEMG2',
    'EMGRVL',
    'Biceps, position 2',
  ])('takes %s, which only looks like another signal', (label) => {
    expect(chosen({ label }, { label: 'CH9' })).toEqual([label])
  })

  test('leaves out unnamed channels only where others are named', () => {
    expect(chosen(...named('EMG1', 'Channel_08', 'CH9', '7', '', '--', 'Delt'))).toEqual(['EMG1', 'Delt'])
    const all = chooseChannels(channels(...named('1', '2')))
    expect(all.emg).toHaveLength(2)
    expect(all.assumed).toBe(true)
  })

  test('analyses the raw one of a pair, and lists the activated one as its picture', () => {
    const given = named('CH1 Raw', 'CH2 Raw', 'CH1 activated', 'CH2 activated')
    expect(chosen(...given)).toEqual(['CH1 Raw', 'CH2 Raw'])
    expect(codes(...given)).toEqual(['ACTIVATED', 'ACTIVATED'])
    expect(codes(...named('CH1_Raw', 'CH1_activated'))).toEqual(['ACTIVATED'])
  })

  test('does not take an activated channel for a raw one where it is alone', () => {
    const { emg, exclusions } = chooseChannels(channels({ label: 'CH1 activated' }))
    expect(emg).toEqual([])
    expect(exclusions).toEqual([
      {
        index: 0,
        name: 'CH1 activated',
        code: 'ACTIVATED',
        reason: expect.stringContaining('no raw signal'),
      },
    ])
  })

  test.each([
    ['EMG1', 'EMG1 envelope'],
    ['EMG1', 'EMG1 RMS'],
    ['EMG1', 'EMG1 rectified'],
    ['EMG1', 'EMG1 filtered'],
    ['EMG_R_TA', 'EMG_R_TA_Filt'],
    ['EMG1', 'EMG1_env'],
    ['EMG1', 'RMS EMG1'],
    ['R TA', 'R TA rect'],
    ['R TA', 'R TA linear envelope'],
    ['R TA', 'R TA full-wave rectified'],
    ['R TA Raw', 'R TA Processed'],
    ['L Vaste Ext', 'L Vaste Ext Enveloppe'],
    ['EMG1 filtered', 'EMG1 RMS'],
  ])('analyses %s, of which %s is a picture', (channel, picture) => {
    for (const labels of [
      [channel, picture],
      [picture, channel],
    ]) {
      const { emg, exclusions } = chooseChannels(channels(...named(...labels)))
      expect(emg.map(({ label }) => label)).toEqual([channel])
      expect(exclusions).toEqual([
        {
          index: labels.indexOf(picture),
          name: picture,
          code: 'PICTURE',
          reason: `it is a picture of "${channel}", a channel of this recording`,
        },
      ])
    }
  })

  test('analyses a filtered channel that stands alone, and says which', () => {
    const { emg, filtered } = chooseChannels(channels(...named('EMG1 filtered', 'EMG2 filtered', 'EMG3')))
    expect(emg).toHaveLength(3)
    expect(filtered.map(({ label }) => label)).toEqual(['EMG1 filtered', 'EMG2 filtered'])
  })

  test('leaves out an envelope that stands alone, unless it is stated to be EMG', () => {
    const given = channels(...named('EMG1 RMS', 'EMG2 RMS'))
    const { emg, exclusions } = chooseChannels(given)
    expect(emg).toEqual([])
    expect(exclusions.map(({ code, reason }) => [code, reason.includes('no raw signal')])).toEqual(
      Array(2).fill(['PICTURE', true]),
    )
    expect(chooseChannels(given, [{ channel: 'EMG2 RMS', emg: true }]).emg).toEqual(given.slice(1))
  })

  test.each([
    ['R Rect Fem', 'R Fem'],
    ['RECT ABD', 'ABD'],
    ['R Rect', 'L Rect'],
    ['VL clean 1', 'VL clean 2'],
    ['High VL', 'Low VL'],
    ['EMG1', 'EMG2 filtered'],
    ['CH1', 'CH1 Raw'],
  ])('takes neither %s nor %s for a picture of the other', (one, other) => {
    expect(codes(...named(one, other)).filter((code) => code === 'PICTURE')).toEqual([])
  })

  test('gives the device’s own picture only to the channel that it shows, if it fits', () => {
    const all = channels(...named('CH2 activated', 'CH1 Raw', 'CH2 Raw', 'CH1 activated'))
    expect([...chooseChannels(all).activated].map(([index, { label }]) => [index, label])).toEqual([
      [2, 'CH2 activated'],
      [1, 'CH1 activated'],
    ])
    const short = all.map((channel, i) => (i === 3 ? { ...channel, length: 7 } : channel))
    expect([...chooseChannels(short).activated.keys()]).toEqual([2])
  })

  test('takes only what says EMG or names a muscle, where some channel says EMG', () => {
    const given = named('EMG1', 'L VL', 'Knob', 'Biceps', 'Aux')
    expect(chosen(...given)).toEqual(['EMG1', 'L VL', 'Biceps'])
    expect(codes(...given)).toEqual(['NOT_EMG', 'NOT_EMG'])
  })

  test('takes names it does not know beside muscles, since no list of muscles is whole', () => {
    expect(chosen(...named('L Rectus', 'L GRF', 'L Jum'))).toEqual(['L Rectus', 'L GRF', 'L Jum'])
  })

  test('every channel is either taken or left out with a reason', () => {
    const given = [...named('EMG1', 'FX1', 'CH1', ''), { label: 'A', unit: 'N' }]
    const { emg, exclusions } = chooseChannels(channels(...given))
    expect([...emg, ...exclusions].map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4])
    for (const { reason } of exclusions) expect(reason).toMatch(/\w{3}/)
  })

  test('no channels give none', () => {
    expect(chooseChannels([])).toEqual({
      emg: [],
      activated: new Map(),
      filtered: [],
      exclusions: [],
      assumed: false,
    })
  })
})
