/** Words of the MVC values that the analysis of a session used. */
import { defineWords } from '../../../language/language.ts'

export const words = defineWords('session mvc', {
  en: {
    intro:
      'The maximum voluntary contraction (MVC) that the strength of each channel’s contractions is told in.',
    toPatient: 'All MVC values of the patient, enter or calibrate',
    noAnalysis: 'There is no analysis of this session',
    noAnalysisWhy:
      'Which MVC holds for a recording shows once it was analysed. The patient’s own values are there all the same.',
    noChannels: 'No channel was analysed as EMG',
    noChannelsWhy: 'So there is nothing that an MVC could be used for.',
    channel: (label: string) => `Channel ${label}`,
    muscleUnknown: 'muscle not known',
    muscleUnknownWhy: 'The channel is assigned to no muscle, so that no stored value can be found for it.',
    threshold: 'Counts as strong enough from',
    thresholdIs: (percent: string) => `${percent} of the MVC`,
    thresholdNone: 'unknown',
    thresholdWhy: 'no MVC is known, so strength is not judged',
    none: 'This channel was analysed without an MVC.',
  },
  fr: {
    intro:
      'La contraction maximale volontaire (CMV) par rapport à laquelle la force des contractions de chaque canal est dite.',
    toPatient: 'Toutes les CMV du patient, saisir ou calibrer',
    noAnalysis: 'Il n’y a pas d’analyse de cette séance',
    noAnalysisWhy:
      'La CMV qui vaut pour un enregistrement apparaît une fois celui-ci analysé. Les valeurs propres au patient existent malgré tout.',
    noChannels: 'Aucun canal n’a été analysé comme EMG',
    noChannelsWhy: 'Il n’y a donc rien à quoi une CMV servirait.',
    channel: (label) => `Canal ${label}`,
    muscleUnknown: 'muscle inconnu',
    muscleUnknownWhy:
      'Le canal n’est attribué à aucun muscle\u202f: aucune valeur enregistrée ne peut être trouvée pour lui.',
    threshold: 'Compte comme assez forte à partir de',
    thresholdIs: (percent) => `${percent} de la CMV`,
    thresholdNone: 'inconnu',
    thresholdWhy: 'aucune CMV n’est connue, la force n’est donc pas jugée',
    none: 'Ce canal a été analysé sans CMV.',
  },
})
