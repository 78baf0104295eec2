/** Words of the rooms of the system. */
import { defineWords } from '../../../language/language.ts'

export const words = defineWords('system rooms', {
  en: {
    rooms: 'Rooms of the system',
    overview: 'Health',
    cache: 'Cache',
    jobs: 'Jobs',
    plugins: 'Plugins',
    scoring: 'Scoring rules',
    users: 'Users',
    keys: 'Keys',
    audit: 'Audit',
    webhooks: 'Connections',
    exports: 'Exports',
  },
  fr: {
    rooms: 'Rubriques du système',
    overview: 'État',
    cache: 'Cache',
    jobs: 'Tâches',
    plugins: 'Extensions',
    scoring: 'Règles de score',
    users: 'Utilisateurs',
    keys: 'Clés',
    audit: 'Audit',
    webhooks: 'Connexions',
    exports: 'Exportations',
  },
})
