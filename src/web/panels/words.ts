/** Words around panels of plugins. */
import { defineWords } from '../language/language.ts'

export const words = defineWords('panels', {
  en: {
    of: (plugin: string) => `By the plugin ${plugin}`,
    failed: (plugin: string) =>
      `The plugin ${plugin} cannot show this. The rest of the page is not affected.`,
    tryAgain: 'Try again',
  },
  fr: {
    of: (plugin: string) => `Par le module complémentaire ${plugin}`,
    failed: (plugin: string) =>
      `Le module complémentaire ${plugin} ne peut pas afficher ceci. Le reste de la page n’est pas concerné.`,
    tryAgain: 'Réessayer',
  },
})
