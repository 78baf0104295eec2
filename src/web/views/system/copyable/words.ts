/** Words of what is copied. */
import { defineWords } from '../../../language/language.ts'

export const words = defineWords('copyable', {
  en: {
    copy: 'Copy',
    copied: 'Copied.',
    copyOf: (what: string) => `Copy: ${what}`,
    byHand: 'This browser does not let a page copy. The text is selected: press Ctrl and C.',
  },
  fr: {
    copy: 'Copier',
    copied: 'Copié.',
    copyOf: (what) => `Copier\u202f: ${what}`,
    byHand:
      'Ce navigateur ne permet pas à une page de copier. Le texte est sélectionné\u202f: appuyez sur Ctrl et C.',
  },
})
