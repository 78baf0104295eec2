import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { AMBIGUOUS, GROUPS, MUSCLES } from './muscle-names.ts'
import { type Anatomy, namesMuscle, readAnatomies } from './muscles.ts'
import { CODES, MODIFIERS, MUSCLE_WORDS, SHORT_WORDS } from './vocabulary.ts'

type Side = 'left' | 'right' | null

const readAll = (...labels: string[]) => readAnatomies(labels.map((label) => ({ label, description: '' })))
const read = (label: string, description = '') => readAnatomies([{ label, description }])[0]
const isEach = (...rows: ReadonlyArray<readonly [label: string, muscle: string | null, side: Side]>) => rows

describe('readAnatomies', () => {
  test.each(
    isEach(
      // As programs export them.
      ['R RECTUS FEMORIS: EMG 1', 'rectus femoris', 'right'],
      ['L TIBIALIS ANTERIOR: EMG 12', 'tibialis anterior', 'left'],
      ['Voltage.LRF', 'rectus femoris', 'left'],
      ['Voltage.RVL', 'vastus lateralis', 'right'],
      ['EMG.TibAnt.R', 'tibialis anterior', 'right'],
      ['RT VASTUS LAT.,uV', 'vastus lateralis', 'right'],
      ['LT TIB.ANT.', 'tibialis anterior', 'left'],
      ['LT LAT. GASTRO, uV', 'gastrocnemius lateralis', 'left'],
      ['RT MED. GASTRO', 'gastrocnemius medialis', 'right'],
      ['RT SEMITEND.', 'semitendinosus', 'right'],
      ['RT GLUT. MAX.', 'gluteus maximus', 'right'],
      ['RT EXT. OBLIQUE', 'external oblique', 'right'],
      ['LT LUMBAR ES', 'erector spinae', 'left'],
      ['LT VLO', 'vastus lateralis', 'left'],
      ['R.Tibialis Ant', 'tibialis anterior', 'right'],
      ['L.Rectus fem', 'rectus femoris', 'left'],
      ['Right Vastus medialis', 'vastus medialis', 'right'],
      ['Right Biceps Femoris Caput Longu', 'biceps femoris', 'right'],
      ['Sensor 3 R TA', 'tibialis anterior', 'right'],
      ['R TA (Trigno)', 'tibialis anterior', 'right'],
    ),
  )('%s, as programs export it, is %s on the side %s', (label, muscle, side) => {
    expect(read(label)).toEqual({ muscle, side })
  })

  test.each(
    isEach(
      ['RTA', 'tibialis anterior', 'right'],
      ['rvl', 'vastus lateralis', 'right'],
      ['LVASLAT', 'vastus lateralis', 'left'],
      ['RGASLAT', 'gastrocnemius lateralis', 'right'],
      ['LBICFEM', 'biceps femoris', 'left'],
      ['LREC', 'rectus', 'left'],
      ['LTIBIALIS', 'tibialis anterior', 'left'],
      ['LEFTTIBANT', 'tibialis anterior', 'left'],
      ['EMGRVL', 'vastus lateralis', 'right'],
      ['EMG_R_GLUT_MED', 'gluteus medius', 'right'],
      ['LeftVastusLat', 'vastus lateralis', 'left'],
      ['RVastusMed', 'vastus medialis', 'right'],
      ['VL_L', 'vastus lateralis', 'left'],
      ['SOLEUS_l', 'soleus', 'left'],
      ['VASTUS MEDIALIS OBLIQUE L', 'vastus medialis', 'left'],
      ['M.VASTUS LATERALIS (R)', 'vastus lateralis', 'right'],
      ['Vastus lateralis [left]', 'vastus lateralis', 'left'],
      ['tibialis-anterior-right', 'tibialis anterior', 'right'],
      ['REC FEM R', 'rectus femoris', 'right'],
      ['SEMI TEND R', 'semitendinosus', 'right'],
      ['QUADS_VL', 'vastus lateralis', null],
      ['R QUAD', 'quadriceps', 'right'],
      ['L ADD', 'adductors', 'left'],
      ['R GASTROC L', 'gastrocnemius lateralis', 'right'],
      ['L GASTROC M', 'gastrocnemius medialis', 'left'],
      ['GASTROC L', 'gastrocnemius', 'left'],
      ['Upper Trap R', 'upper trapezius', 'right'],
      ['R LAT DORSI', 'latissimus dorsi', 'right'],
      ['ANT DELT L', 'anterior deltoid', 'left'],
      ['Flexor carpi radialis R', 'flexor carpi radialis', 'right'],
      ['Ext Dig', 'extensor digitorum', null],
      ['TFL R', 'tensor fasciae latae', 'right'],
      ['Triceps surae', 'triceps surae', null],
      ['R Triceps', 'triceps brachii', 'right'],
      ['LES L4', 'erector spinae', 'left'],
      ['TAright', 'tibialis anterior', 'right'],
      ['R Pec Minor', 'pectoralis minor', 'right'],
      ['L Adductor Pollicis', 'adductor pollicis', 'left'],
      ['R Ext Dig Longus', 'extensor digitorum longus', 'right'],
    ),
  )('%s, abbreviated, is %s on the side %s', (label, muscle, side) => {
    expect(read(label)).toEqual({ muscle, side })
  })

  test.each(
    isEach(
      ['Rectus Femoris Gauche', 'rectus femoris', 'left'],
      ['Droit fémoral gauche', 'rectus femoris', 'left'],
      ['Droit antérieur droit', 'rectus femoris', 'right'],
      ['Vaste externe droit', 'vastus lateralis', 'right'],
      ['L Vaste Int', 'vastus medialis', 'left'],
      ['Jambier antérieur droit', 'tibialis anterior', 'right'],
      ['Soléaire gauche', 'soleus', 'left'],
      ['Jumeau interne droit', 'gastrocnemius medialis', 'right'],
      ['Gastrocnémien latéral gauche', 'gastrocnemius lateralis', 'left'],
      ['Ischio-jambiers gauche', 'hamstrings', 'left'],
      ['Semi-membraneux droit', 'semimembranosus', 'right'],
      ['Grand fessier gauche', 'gluteus maximus', 'left'],
      ['Moyen fessier droit', 'gluteus medius', 'right'],
      ['Grand droit', 'rectus abdominis', null],
      ['M. rectus femoris links', 'rectus femoris', 'left'],
      ['Re M. tibialis ant.', 'tibialis anterior', 'right'],
      ['M. gastrocnemius med. li', 'gastrocnemius medialis', 'left'],
      ['M. trapezius pars desc. rechts', 'upper trapezius', 'right'],
      ['Retto femorale dx', 'rectus femoris', 'right'],
      ['Vasto laterale sx', 'vastus lateralis', 'left'],
      ['Gemello mediale sx', 'gastrocnemius medialis', 'left'],
      ['Recto femoral izquierdo', 'rectus femoris', 'left'],
      ['Isquiotibiales der', 'hamstrings', 'right'],
      ['Gemelo interno izq', 'gastrocnemius medialis', 'left'],
      ['Trapèze sup droit', 'upper trapezius', 'right'],
      ['Høyre soleus', 'soleus', 'right'],
    ),
  )('%s, in another language, is %s on the side %s', (label, muscle, side) => {
    expect(read(label)).toEqual({ muscle, side })
  })

  test.each([
    'Flexor',
    'Lateral',
    'Medial',
    'Rectangle',
    'EMG D',
    'EMG G',
    'EMG 16',
    'CH1 Raw',
    'Channel 7',
    'Trial 3',
    'Line',
    'Level',
    'Record',
    'Force',
    'Temperature',
    'Latency',
    'scale',
    'mass',
    'multi',
    'Hall sensor',
    'Plantar pressure',
    'Digital',
    'L5',
    'fx dx',
    'Sx',
    'IM EMG1',
    '筋電図',
    '',
  ])('"%s" names neither a muscle nor a side', (label) => {
    expect(read(label)).toEqual({ muscle: null, side: null })
  })

  test.each([
    'DELT',
    'Gluteus med',
    'VL D',
    'TA G',
    'ERECTOR SPINAE L3',
    'Erector spinae L 3',
    'MULT L5',
    'LATISSIMUS',
  ])('"%s" names no side', (label) => {
    expect(read(label)).toEqual({ muscle: expect.any(String), side: null })
  })

  test.each(['LEMG2', 'emg_ch_L', 'L GRF', 'LGM'])('"%s" names the left side, and no one muscle', (label) => {
    expect(read(label)).toEqual({ muscle: null, side: 'left' })
  })

  test('what the description says more closely counts', () => {
    expect(read('LVAS', 'L Vaste Ext')).toEqual({ muscle: 'vastus lateralis', side: 'left' })
    expect(read('RLAT', 'Right Lateral Hamstring')).toEqual({ muscle: 'biceps femoris', side: 'right' })
    expect(read('CH3', 'Right Tibialis Anterior')).toEqual({ muscle: 'tibialis anterior', side: 'right' })
  })

  test('a label that means several muscles means the one that the description names', () => {
    expect(read('R GM', 'Right gastrocnemius medialis')).toEqual({
      muscle: 'gastrocnemius medialis',
      side: 'right',
    })
    expect(read('R GM', 'Right gluteus medius')).toEqual({ muscle: 'gluteus medius', side: 'right' })
    expect(read('LBIC', 'Left lateral hamstring')).toEqual({ muscle: 'biceps femoris', side: 'left' })
    expect(read('R GM', 'Right soleus')).toEqual({ muscle: null, side: 'right' })
  })

  test('a channel that names two muscles or both sides names none', () => {
    expect(read('R Rectus Fem / Vastus lat')).toEqual({ muscle: null, side: 'right' })
    expect(read('L TA', 'Right Tibialis')).toEqual({ muscle: 'tibialis anterior', side: null })
  })

  test('a letter is a side where there is the other one', () => {
    const sides = (...labels: string[]) => readAll(...labels).map(({ side }) => side)
    expect(sides('VLD', 'VLG')).toEqual(['right', 'left'])
    expect(sides('VL D', 'VL G')).toEqual(['right', 'left'])
    expect(sides('DTA', 'GTA')).toEqual(['right', 'left'])
    expect(sides('TAL', 'TAR')).toEqual(['left', 'right'])
    expect(sides('TA L1', 'TA R1')).toEqual(['left', 'right'])
    expect(sides('VL D', 'TA G')).toEqual([null, null])
    expect(sides('EMG C', 'EMG D', 'EMG G')).toEqual([null, null, null])
  })

  test('a code that may hold a side is told by the other channels', () => {
    const muscles = (...labels: string[]) => readAll(...labels).map(({ muscle, side }) => [muscle, side])
    const lateral = ['gastrocnemius lateralis', null]
    expect(muscles('GASL', 'GASM')).toEqual([lateral, ['gastrocnemius medialis', null]])
    expect(muscles('GASL', 'GASR')).toEqual([
      ['gastrocnemius', 'left'],
      ['gastrocnemius', 'right'],
    ])
    expect(muscles('LG', 'MG')[0]).toEqual(lateral)
    expect(muscles('LG', 'RG')[0]).toEqual([null, null])
    expect(muscles('GASTROC L', 'GASTROC M')[0]).toEqual(lateral)
  })

  test('a name of several muscles is told by the muscles beside it, or stays what it is', () => {
    const first = (...labels: string[]) => readAll(...labels)[0]?.muscle
    expect(first('L Biceps', 'L Tibialis')).toBe('biceps femoris')
    expect(first('L Biceps', 'L Triceps')).toBe('biceps brachii')
    expect(first('L Biceps')).toBe('biceps')
    expect(first('L Biceps', 'L Triceps', 'L Tibialis')).toBe('biceps')
    expect(first('R Rectus', 'R Soleus')).toBe('rectus femoris')
    expect(first('R Rectus', 'R Ext Oblique')).toBe('rectus abdominis')
    expect(first('RGM', 'RGL')).toBe('gastrocnemius medialis')
    expect(first('RGM', 'RGMAX')).toBe('gluteus medius')
    expect(first('RGM', 'RGL', 'RGMAX')).toBeNull()
    expect(first('RGM')).toBeNull()
  })

  test('neither case nor separators change what is read', () => {
    const labels = ['R Vastus Lateralis', 'L TIB ANT', 'Right glut med', 'EMG R soleus']
    fc.assert(
      fc.property(
        fc.constantFrom(...labels),
        fc.constantFrom(' ', '_', '.', '-', ' - ', ': '),
        fc.constantFrom('asIs', 'upper', 'lower'),
        (label, separator, letters) => {
          const cased = { asIs: label, upper: label.toUpperCase(), lower: label.toLowerCase() }[letters]
          expect(read(cased.replaceAll(' ', separator))).toEqual(read(label) as Anatomy)
        },
      ),
    )
  })

  test('any text is read, and the order of the channels changes nothing', () => {
    const word = fc.constantFrom(
      'l',
      'r',
      'd',
      'g',
      'VL',
      'gas',
      'gasl',
      'rect',
      'tib',
      'EMG',
      'L5',
      '1',
      'ext',
    )
    const label = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(fc.array(label), (labels) => {
        expect(readAll(...labels.toReversed())).toEqual(readAll(...labels).toReversed())
      }),
    )
  })

  test.each([
    'l',
    'gas',
    'vas',
    '.',
    'L5 ',
    'Aa',
    'emg',
    'GASL ',
    'd ',
    'vaslat l ',
    'l 1 ',
    'latlatlatlatlatlatlatlx ',
  ])('a label of %j ten thousand times over is read at once', (text) => {
    const started = performance.now()
    readAll(...Array.from({ length: 20 }, (_, i) => text.repeat(10_000) + i))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the vocabulary', () => {
  const known = new Set([
    ...Object.keys(MUSCLE_WORDS),
    ...Object.keys(MODIFIERS),
    ...AMBIGUOUS.map(({ word }) => word),
  ])
  const used = [
    ...Object.values(CODES),
    ...Object.values(SHORT_WORDS),
    ...MUSCLES.flatMap(({ named }) => named),
  ].flatMap((words) => words.split(' '))

  test('uses no word that it does not hold', () => {
    expect(used.filter((word) => !known.has(word))).toEqual([])
  })

  test('knows every muscle of its groups and of its ambiguous words', () => {
    const names = new Set(MUSCLES.flatMap(({ name, region }) => [name, region] as string[]))
    const meant = AMBIGUOUS.flatMap(({ meanings }) => [
      ...Object.keys(meanings),
      ...Object.values(meanings).flat(),
    ])
    expect([...GROUPS, ...meant].filter((name) => !names.has(name))).toEqual([])
  })

  test('reads the name of every muscle as that muscle', () => {
    const read_ = MUSCLES.map(({ name }) => [name, read(name)?.muscle])
    expect(read_.filter(([name, muscle]) => name !== muscle)).toEqual([])
  })
})

describe('namesMuscle', () => {
  test('takes one of several muscles for one, and no adjective', () => {
    expect(['GM', 'Biceps', 'L Temporalis', 'RTA'].filter(namesMuscle)).toHaveLength(4)
    expect(['Lateral', 'L', 'EMG', 'Knob', 'CH1', 'Rec'].filter(namesMuscle)).toEqual([])
  })
})
