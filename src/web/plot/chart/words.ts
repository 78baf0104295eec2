/** Words of charts. */
import { defineWords } from '../../language/language.ts'

export const words = defineWords('chart', {
  en: {
    keys: 'Arrow keys move between the points.',
    none: 'no figure',
    noFigures: 'There is no figure to draw. The table says why.',
    nothing: 'There is nothing to draw yet.',
    latest: 'Latest:',
    table: 'Figures as a table',
    remark: 'Remark',
    unit: (unit: string) => `in ${unit}`,
    show: (label: string) => `Show ${label}`,
    hollow: 'Hollow: does not compare with the newest',
  },
  fr: {
    keys: 'Les flèches du clavier passent d’un point à l’autre.',
    none: 'pas de valeur',
    noFigures: 'Il n’y a aucune valeur à tracer. Le tableau dit pourquoi.',
    nothing: 'Il n’y a encore rien à tracer.',
    latest: 'Dernier point\u202f:',
    table: 'Valeurs sous forme de tableau',
    remark: 'Remarque',
    unit: (unit: string) => `en ${unit}`,
    show: (label: string) => `Afficher ${label}`,
    hollow: 'Creux\u202f: non comparable au plus récent',
  },
})
