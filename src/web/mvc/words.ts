/** Words of MVC values: where they come from, how far they can be relied on, and what was noticed of them. */
import { defineWords } from '../language/language.ts'

export const words = defineWords('mvc', {
  en: {
    mvc: 'MVC',
    left: 'left',
    right: 'right',
    none: 'no side',
    sources: (source: string): string => SOURCES_EN[source] ?? source,
    explains: (source: string): string => EXPLAINS_EN[source] ?? '',
    calculatedOtherwise:
      'Taken from this very recording. Exercises are seldom maximal, so the true maximum is likely higher. It cannot compare sessions.',
    methods: (method: string): string => METHODS_EN[method] ?? `“${method}”`,
    methodParameter: (parameter: string) => `parameter ${parameter} of the file`,
    high: 'high',
    moderate: 'moderate',
    low: 'low',
    confidenceOf: (confidence: string) => `${confidence} confidence`,
    highMeans: 'Somebody stands behind it, and it is recent.',
    moderateMeans:
      'Of the right kind, with a reservation: older, one trial, trials that differ, or a unit that was assumed.',
    lowMeans: 'Likely below the true maximum: percentages of it come out too high.',
    lowDefaultMeans:
      'The true maximum may be far higher or lower: percentages of it compare with nothing outside of this recording.',
    flags: (flag: string): string => FLAGS_EN[flag] ?? flag,
    unitAssumed: 'The unit is assumed: the file names none, and volts were taken.',
    noValue: 'No MVC',
    noValueMeans:
      'No source gives a value. Nothing is put in its place: strength in % cannot be told. Enter a value or calibrate.',
    noValueOfPatient:
      'No value holds for all sessions: each takes one from its own recording, where it can. That one cannot compare sessions. Enter a value or calibrate.',
    ageUnknown: 'age unknown',
    age: (days: number) => (days === 1 ? '1 day' : `${days} days`),
    ageToday: 'less than a day',
    ageLater: (days: number) => (days === 1 ? 'measured 1 day later' : `measured ${days} days later`),
    source: 'From',
    method: 'How',
    confidence: 'Confidence',
    measured: 'Age',
    passedOver: 'Other sources, and why not they',
    noCandidate: 'no value',
    named: (name: string, text: string) => `${name}: ${text}`,
    perRecording: 'Differs from recording to recording; it is asked when one is analysed.',
  },
  fr: {
    mvc: 'CMV',
    left: 'gauche',
    right: 'droit',
    none: 'sans côté',
    sources: (source) => SOURCES_FR[source] ?? source,
    explains: (source) => EXPLAINS_FR[source] ?? '',
    calculatedOtherwise:
      'Tirée de cet enregistrement même. Un exercice est rarement maximal\u202f: le vrai maximum est probablement plus élevé. Elle ne permet pas de comparer des séances.',
    methods: (method) => METHODS_FR[method] ?? `«\u202f${method}\u202f»`,
    methodParameter: (parameter) => `paramètre ${parameter} du fichier`,
    high: 'élevée',
    moderate: 'moyenne',
    low: 'faible',
    confidenceOf: (confidence) => `confiance ${confidence}`,
    highMeans: 'Quelqu’un s’en porte garant, et elle est récente.',
    moderateMeans:
      'Du bon type, avec une réserve\u202f: plus ancienne, un seul essai, des essais qui diffèrent, ou une unité supposée.',
    lowMeans: 'Probablement sous le vrai maximum\u202f: les pourcentages en sont trop élevés.',
    lowDefaultMeans:
      'Le vrai maximum peut être bien plus haut ou plus bas\u202f: les pourcentages ne se comparent à rien hors de cet enregistrement.',
    flags: (flag) => FLAGS_FR[flag] ?? flag,
    unitAssumed: 'L’unité est supposée\u202f: le fichier n’en nomme pas, des volts ont été pris.',
    noValue: 'Pas de CMV',
    noValueMeans:
      'Aucune source ne donne de valeur. Rien n’est mis à sa place\u202f: la force en % ne peut être dite. Saisissez une valeur ou calibrez.',
    noValueOfPatient:
      'Aucune valeur ne vaut pour toutes les séances\u202f: chacune en tire une de son propre enregistrement, si elle le peut. Celle-ci ne permet pas de comparer des séances. Saisissez une valeur ou calibrez.',
    ageUnknown: 'âge inconnu',
    age: (days) => (days < 2 ? `${days} jour` : `${days} jours`),
    ageToday: 'moins d’un jour',
    ageLater: (days) => (days < 2 ? `mesurée ${days} jour plus tard` : `mesurée ${days} jours plus tard`),
    source: 'Origine',
    method: 'Comment',
    confidence: 'Confiance',
    measured: 'Âge',
    passedOver: 'Autres sources, et pourquoi pas elles',
    noCandidate: 'pas de valeur',
    named: (name, text) => `${name}\u202f: ${text}`,
    perRecording: 'Diffère d’un enregistrement à l’autre\u202f; elle est consultée à l’analyse de chacun.',
  },
})

const SOURCES_EN: Readonly<Record<string, string>> = {
  manual: 'Entered by hand',
  'recording-metadata': 'From the recording file',
  'patient-record': 'Calibration of the patient',
  calculated: 'Calculated from this recording',
  default: 'Configured default',
}

const SOURCES_FR: Readonly<Record<string, string>> = {
  manual: 'Saisie à la main',
  'recording-metadata': 'Du fichier d’enregistrement',
  'patient-record': 'Calibration du patient',
  calculated: 'Calculée à partir de cet enregistrement',
  default: 'Valeur par défaut configurée',
}

const EXPLAINS_EN: Readonly<Record<string, string>> = {
  manual:
    'Somebody entered it. It holds over everything else until another is entered, its validity ends, or it is withdrawn.',
  'recording-metadata': 'The file itself states it. How and when it was measured, it does not say.',
  'patient-record':
    'Measured from an MVC recording of this patient: the strongest half second of the best trial.',
  calculated:
    'The loudest half second of this very recording. Exercises are seldom maximal, so the true maximum is likely higher. It cannot compare sessions.',
  default: 'One value for all muscles that nothing is known of. Nobody measured this muscle.',
}

const EXPLAINS_FR: Readonly<Record<string, string>> = {
  manual:
    'Quelqu’un l’a saisie. Elle prime sur tout le reste jusqu’à ce qu’une autre soit saisie, que sa validité se termine ou qu’elle soit retirée.',
  'recording-metadata': 'Le fichier lui-même l’indique. Il ne dit ni comment ni quand elle a été mesurée.',
  'patient-record':
    'Mesurée dans un enregistrement de CMV de ce patient\u202f: la demi-seconde la plus forte du meilleur essai.',
  calculated:
    'La demi-seconde la plus forte de cet enregistrement même. Un exercice est rarement maximal\u202f: le vrai maximum est probablement plus élevé. Elle ne permet pas de comparer des séances.',
  default: 'Une valeur pour tous les muscles dont on ne sait rien. Personne n’a mesuré ce muscle.',
}

const METHODS_EN: Readonly<Record<string, string>> = {
  manual: 'entered',
  request: 'stated with the request',
  'rms-500': 'largest RMS over 500 ms',
  'p95-envelope': '95th percentile of the envelope',
  'c3d-parameter': 'parameter of the file',
  configured: 'setting of this server',
}

const METHODS_FR: Readonly<Record<string, string>> = {
  manual: 'saisie',
  request: 'indiquée avec la demande',
  'rms-500': 'plus grand RMS sur 500\u202fms',
  'p95-envelope': '95e centile de l’enveloppe',
  'c3d-parameter': 'paramètre du fichier',
  configured: 'réglage de ce serveur',
}

const FLAGS_EN: Readonly<Record<string, string>> = {
  CLIPPED: 'A trial ran into the limit of the amplifier: the true value is higher.',
  SPREAD_OVER_10: 'The trials differ by more than 10 %: record another.',
  ONE_TRIAL: 'There was one trial only: nothing to compare it with.',
  UNIT_ASSUMED: 'The recording names no unit; volts were taken.',
}

const FLAGS_FR: Readonly<Record<string, string>> = {
  CLIPPED: 'Un essai a atteint la limite de l’amplificateur\u202f: la vraie valeur est plus élevée.',
  SPREAD_OVER_10: 'Les essais diffèrent de plus de 10\u202f%\u202f: enregistrez-en un autre.',
  ONE_TRIAL: 'Il n’y a eu qu’un essai\u202f: rien à quoi le comparer.',
  UNIT_ASSUMED: 'L’enregistrement ne nomme pas d’unité\u202f; des volts ont été pris.',
}
