/** Which channels of real recordings are EMG, and of which muscles: every label in the shared files. */
import { describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chooseChannels } from '../../plugins/emg-analyzer/analysis/channels/choose.ts'
import { readAnatomies } from '../../plugins/emg-analyzer/analysis/channels/muscles.ts'
import { builtInAssignments } from '../../plugins/emg-analyzer/profiles/built-in.ts'
import { analyze, readShared as read } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'

/** The EMG channels of a recording as "label: muscle, side". */
function anatomies(path: string): string[] {
  const { emg } = chooseChannels(read(path).channels)
  return readAnatomies(emg).map(({ muscle, side }, i) => `${emg[i]?.label}: ${muscle}, ${side}`)
}

const numbered = (label: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${label}${i + 1}: null, null`)

/** What a person reads in the labels and descriptions of each file with EMG. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'vendors/1123x01EMG.c3d': [
    'Right Rectus Femoris: rectus femoris, right',
    'Right Biceps Femoris Caput Longu: biceps femoris, right',
    'Right Tibialis Anterior: tibialis anterior, right',
    'Right Gastrocnemius Lateralis: gastrocnemius lateralis, right',
    'Left Rectus Femoris: rectus femoris, left',
    'Left Biceps Femoris Caput Longus: biceps femoris, left',
    'Left Tibialis Anterior: tibialis anterior, left',
    'Left Gastrocnemius Lateralis: gastrocnemius lateralis, left',
  ],
  'vendors/Analysis.c3d': [
    'Rectus Femoris Gauche: rectus femoris, left',
    'Rectus Femoris Droit: rectus femoris, right',
    'Vastus Lateralis Gauche: vastus lateralis, left',
    'Vastus Lateralis Droit: vastus lateralis, right',
    'Biceps Femoris Gauche: biceps femoris, left',
    'Biceps Femoris Droit: biceps femoris, right',
    'Tibialis Anterior Gauche: tibialis anterior, left',
    'Tibialis Anterior Droit: tibialis anterior, right',
    'Soleus Gauche: soleus, left',
    'Soleus Droit: soleus, right',
  ],
  'vendors/Gait.c3d': [
    'LREC: rectus femoris, left',
    'RREC: rectus femoris, right',
    'LVAS: vastus lateralis, left',
    'RVAS: vastus lateralis, right',
    'LGRF: null, left',
    'RGRF: null, right',
    'LISC: hamstrings, left',
    'RISC: hamstrings, right',
    'LBIC: biceps femoris, left',
    'RBIC: biceps femoris, right',
    'LTIB: tibialis anterior, left',
    'RTIB: tibialis anterior, right',
    'LSOL: soleus, left',
    'RSOL: soleus, right',
    'LJUM: gastrocnemius medialis, left',
    'RJUM: gastrocnemius medialis, right',
  ],
  'vendors/Gait_with_EMG.c3d': [
    'RVAS: vastus intermedius, right',
    'RLAT: biceps femoris, right',
    'RGAS: gastrocnemius, right',
    'RTIB: tibialis anterior, right',
    'LVAS: vastus intermedius, left',
    'LLAT: biceps femoris, left',
    'LGAS: gastrocnemius, left',
    'LTIB: tibialis anterior, left',
  ],
  'vendors/FunctionalWalk.c3d': numbered('EMG', 16),
  'vendors/PiG_Motion3_FF.c3d': numbered('EMG', 16),
  'vendors/Qualisys.c3d': numbered('EMG ', 16),
}

/** Files whose voltages say nothing of themselves: how many are taken for EMG, with a warning. */
const ASSUMED: Readonly<Record<string, number>> = {
  'vendors/Dance.c3d': 8,
  'vendors/analogfpscale04i.c3d': 16,
}

const files = SHARED
  ? ['ghostly', 'vendors'].flatMap((folder) =>
      readdirSync(join(SHARED as string, 'data/c3d', folder)).map((name) => `${folder}/${name}`),
    )
  : []
const isEmpty = (path: string) => path.endsWith('/Empty.c3d')

describe.skipIf(!SHARED)(`channels of real recordings${sharedNote}`, () => {
  test.each(Object.keys(MEANT))('%s: muscles and sides are those that a person reads', (path) => {
    expect(anatomies(path)).toEqual(MEANT[path] as string[])
  })

  test.each(Object.keys(ASSUMED))('%s: voltages without names are taken, and a warning says so', (path) => {
    const { emg, assumed } = chooseChannels(read(path).channels)
    expect([emg.length, assumed]).toEqual([ASSUMED[path] as number, true])
  })

  test.each(files.filter((path) => !isEmpty(path)))(
    '%s: every channel is taken, or left out for a reason',
    (path) => {
      const { channels } = read(path)
      const { emg, exclusions } = chooseChannels(channels)
      const indices = [...emg, ...exclusions].map(({ index }) => index)
      expect(indices.toSorted((a, b) => a - b)).toEqual(channels.map(({ index }) => index))
      for (const { reason } of exclusions) expect(reason).toMatch(/\w{3}/)
    },
  )

  test('no other file has EMG but those of the game', () => {
    const withEmg = files.filter(
      (path) => !isEmpty(path) && chooseChannels(read(path).channels).emg.length > 0,
    )
    const known = [...Object.keys(MEANT), ...Object.keys(ASSUMED)]
    expect(withEmg.filter((path) => !path.startsWith('ghostly/')).toSorted()).toEqual(known.toSorted())
  })

  test.each(files.filter((path) => path.startsWith('ghostly/')))(
    '%s: the built-in profile of the game says the muscles',
    (path) => {
      const recording = read(path)
      const assignments = builtInAssignments(recording.channels.map(({ label }) => label))
      const { channels } = analyze(recording, undefined, { assignments })
      expect(
        channels.map(({ label, muscle, side, anatomyBasis }) => [label, muscle, side, anatomyBasis]),
      ).toEqual([
        ['CH1 Raw', 'quadriceps', 'left', 'assigned'],
        ['CH2 Raw', 'quadriceps', 'right', 'assigned'],
      ])
    },
  )

  test.each([
    'vendors/FunctionalWalk.c3d',
    'vendors/Gait.c3d',
    'vendors/PiG_Motion3_FF.c3d',
    'vendors/Qualisys.c3d',
  ])('%s: of force plates and sixteen EMG channels, the sixteen are analysed', (path) => {
    const recording = read(path)
    const { channels, warnings } = analyze(recording)
    expect(recording.channels.length).toBeGreaterThan(16)
    expect(channels.map(({ label }) => label)).toEqual(
      MEANT[path]?.map((each) => each.split(':')[0]) as string[],
    )
    expect(warnings.map(({ code }) => code)).not.toContain('EMG_ASSUMED')
    expect(channels.filter(({ metrics }) => metrics.rms?.value != null)).not.toEqual([])
  })
})
