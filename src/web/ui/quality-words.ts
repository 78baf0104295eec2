/** Words of the verdict on a session. */
import { defineWords } from '../language/language.ts'

export const words = defineWords('quality badge', {
  en: {
    none: 'no channel of EMG',
    all: (n: number) => (n === 1 ? 'the one channel' : `all ${n} channels`),
    some: (n: number, of: number) => `${n} of ${of} channels`,
  },
  fr: {
    none: 'aucun canal EMG',
    all: (n: number) => (n === 1 ? 'le seul canal' : `les ${n} canaux`),
    some: (n: number, of: number) => `${n} ${n < 2 ? 'canal' : 'canaux'} sur ${of}`,
  },
})
