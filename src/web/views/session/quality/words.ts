/** What the checks of a signal found, in plain words, and what that means for the figures. */
import { defineWords } from '../../../language/language.ts'

export const words = defineWords('session quality', {
  en: {
    title: 'Can the figures be relied on?',
    good: 'Every signal is good: the figures can be relied on as far as the method goes.',
    usable: 'Usable: read the figures with the reservations below.',
    poor: 'At least one signal is poor: do not rely on the figures of that channel.',
    none: 'There is no EMG signal to judge.',
    allChecks: 'All checks',
    checksOf: (name: string) => `All checks of ${name}`,
    check: 'Check',
    result: 'Result',
    found: 'Found',
    unknown: 'Could not be checked',
    notFound: 'Nothing found',
    excluded: (n: number) => (n === 1 ? '1 channel left out' : `${n} channels left out`),
    warnings: (n: number) => (n === 1 ? '1 remark' : `${n} remarks`),
    inDetails: 'See the details',
    times: (n: number) => (n === 1 ? 'once' : `${n} times`),

    constant: 'Holds a signal',
    length: 'Length',
    samplingRate: 'Sampling rate',
    nonFinite: 'Values that are no numbers',
    dropouts: 'Dropouts',
    clipping: 'Clipped samples',
    scale: 'Size of the amplitudes',
    signalToNoise: 'Contractions above rest',
    baselineNoise: 'Noise at rest',
    powerLine: 'Power line',
    ecg: 'Heartbeats',

    constantSays: 'There is no signal: the electrode was not connected, or came off before the start.',
    constantMeans: 'This channel has no figures.',
    lengthSays: (time: string) => `There are only ${time} of signal.`,
    lengthMeans: 'That is too short to rely on counts, frequencies or fatigue. Record at least 3 s.',
    rateSays: (rate: string) =>
      `The signal was sampled at ${rate} only; 900 Hz or more is needed for all of it.`,
    rateMeans: 'The true amplitudes are larger than those shown.',
    rateMeansPoor: 'Frequencies and fatigue cannot be told.',
    nonFiniteSays: (n: string) => `Values that are no numbers: ${n}.`,
    nonFiniteMeans: 'They are left out of every figure.',
    dropoutsSays: (n: number, time: string) =>
      n === 1
        ? `The signal broke off once, for ${time}.`
        : `The signal broke off ${n} times, ${time} in all.`,
    dropoutsMeans: 'These moments are left out of every figure.',
    dropoutsKept: 'The parameters leave them in: every figure holds them as if they were signal.',
    dropoutsMeansPoor:
      'Much is missing: contractions may be cut in two, too short, or not seen. Check the radio link.',
    clippingSays: (share: string) => `The device could not follow the signal: ${share} of it is cut off.`,
    clippingMeans: 'The true amplitudes are larger than those shown. Lower the gain next time.',
    scaleSaysLarge: (level: string) => `The file states ${level} RMS, which no muscle gives at the skin.`,
    scaleSaysSmall: (level: string) =>
      `The file states ${level} RMS, which is less than any electrode’s noise.`,
    scaleMeans:
      'The unit is wrong, or a gain was not taken out. Do not read amplitudes in µV; shares of the MVC hold only if it was measured with the same device and settings.',
    noContraction:
      'No contraction was found: the muscle was at rest or active throughout, or the electrode picked up nothing.',
    noContractionMeans: 'Nothing could be counted. Look at the signal before you conclude anything.',
    noiseSays: (db: string, factor: string) =>
      `Contractions stand only ${db} above rest, ${factor} times as large.`,
    noiseMeans: 'Weak contractions may be missed, and amplitudes are a little too large.',
    noiseMeansPoor:
      'Contractions may be missed or made up, and amplitudes are too large. Check skin and electrodes.',
    baselineSays: (level: string) =>
      `Even at its quietest the signal has ${level} RMS; under 5 µV is usual at rest.`,
    baselineMeans: 'It is noise, or the muscle never came to rest: weak contractions may be missed.',
    powerLineSays: (hz: string, share: string) =>
      `Hum of the power line at ${hz} makes up ${share} of the power.`,
    powerLineMeans: 'Amplitudes are a little too large. A notch can be tried under “Parameters”.',
    powerLineMeansPoor:
      'Amplitudes are too large. Check cables and the reference electrode; a notch can be tried under “Parameters”.',
    ecgSays: (rate: string) => `Heartbeats show, ${rate} a minute.`,
    ecgCounted: (rate: string, n: number) =>
      `Heartbeats show, ${rate} a minute, and ${n === 1 ? '1 contraction is' : `${n} contractions are`} nothing else.`,
    ecgMeans: 'Set the lower corner of the band-pass to 30 Hz under “Parameters”.',
  },
  fr: {
    title: 'Peut-on se fier aux valeurs\u202f?',
    good: 'Tous les signaux sont bons\u202f: on peut se fier aux valeurs dans les limites de la méthode.',
    usable: 'Utilisable\u202f: lire les valeurs avec les réserves ci-dessous.',
    poor: 'Au moins un signal est mauvais\u202f: ne pas se fier aux valeurs de ce canal.',
    none: 'Il n’y a aucun signal EMG à juger.',
    allChecks: 'Tous les contrôles',
    checksOf: (name: string) => `Tous les contrôles de ${name}`,
    check: 'Contrôle',
    result: 'Résultat',
    found: 'Constaté',
    unknown: 'N’a pas pu être contrôlé',
    notFound: 'Rien trouvé',
    excluded: (n: number) => (n < 2 ? `${n} canal écarté` : `${n} canaux écartés`),
    warnings: (n: number) => (n < 2 ? `${n} remarque` : `${n} remarques`),
    inDetails: 'Voir les détails',
    times: (n: number) => `${n} fois`,

    constant: 'Contient un signal',
    length: 'Durée',
    samplingRate: 'Fréquence d’échantillonnage',
    nonFinite: 'Valeurs qui ne sont pas des nombres',
    dropouts: 'Coupures',
    clipping: 'Échantillons écrêtés',
    scale: 'Grandeur des amplitudes',
    signalToNoise: 'Contractions par rapport au repos',
    baselineNoise: 'Bruit au repos',
    powerLine: 'Secteur électrique',
    ecg: 'Battements du cœur',

    constantSays:
      'Il n’y a pas de signal\u202f: l’électrode n’était pas branchée, ou s’est détachée avant le début.',
    constantMeans: 'Ce canal n’a pas de valeurs.',
    lengthSays: (time: string) => `Il n’y a que ${time} de signal.`,
    lengthMeans:
      'C’est trop court pour se fier aux comptages, aux fréquences ou à la fatigue. Enregistrez au moins 3\u202fs.',
    rateSays: (rate: string) =>
      `Le signal n’a été échantillonné qu’à ${rate}\u202f; il faut au moins 900\u202fHz pour l’avoir en entier.`,
    rateMeans: 'Les amplitudes réelles sont plus grandes que celles affichées.',
    rateMeansPoor: 'Les fréquences et la fatigue ne peuvent pas être déterminées.',
    nonFiniteSays: (n: string) => `Valeurs qui ne sont pas des nombres\u202f: ${n}.`,
    nonFiniteMeans: 'Elles sont exclues de toutes les valeurs.',
    dropoutsSays: (n: number, time: string) =>
      n < 2
        ? `Le signal s’est interrompu une fois, pendant ${time}.`
        : `Le signal s’est interrompu ${n} fois, ${time} en tout.`,
    dropoutsMeans: 'Ces moments sont exclus de toutes les valeurs.',
    dropoutsKept:
      'Les paramètres les laissent en place\u202f: toutes les valeurs les comptent comme du signal.',
    dropoutsMeansPoor:
      'Il manque beaucoup de signal\u202f: des contractions peuvent être coupées en deux, trop courtes ou manquées. Vérifiez la liaison radio.',
    clippingSays: (share: string) => `L’appareil n’a pas pu suivre le signal\u202f: ${share} en est écrêté.`,
    clippingMeans:
      'Les amplitudes réelles sont plus grandes que celles affichées. Réduisez le gain la prochaine fois.',
    scaleSaysLarge: (level: string) =>
      `Le fichier indique ${level} RMS, ce qu’aucun muscle ne donne sur la peau.`,
    scaleSaysSmall: (level: string) =>
      `Le fichier indique ${level} RMS, ce qui est inférieur au bruit de toute électrode.`,
    scaleMeans:
      'L’unité est fausse, ou un gain n’a pas été retiré. Ne lisez pas les amplitudes en µV\u202f; les parts de la CMV ne valent que si elle a été mesurée avec le même appareil et les mêmes réglages.',
    noContraction:
      'Aucune contraction n’a été trouvée\u202f: le muscle était au repos ou actif en permanence, ou l’électrode n’a rien capté.',
    noContractionMeans: 'Rien n’a pu être compté. Regardez le signal avant de conclure.',
    noiseSays: (db: string, factor: string) =>
      `Les contractions ne dépassent le repos que de ${db}, soit ${factor} fois sa grandeur.`,
    noiseMeans: 'Des contractions faibles peuvent manquer, et les amplitudes sont un peu trop grandes.',
    noiseMeansPoor:
      'Des contractions peuvent manquer ou être imaginaires, et les amplitudes sont trop grandes. Vérifiez la peau et les électrodes.',
    baselineSays: (level: string) =>
      `Même au plus calme, le signal a ${level} RMS\u202f; moins de 5\u202fµV est habituel au repos.`,
    baselineMeans:
      'C’est du bruit, ou le muscle n’est jamais au repos\u202f: des contractions faibles peuvent manquer.',
    powerLineSays: (hz: string, share: string) =>
      `Le ronflement du secteur à ${hz} représente ${share} de la puissance.`,
    powerLineMeans:
      'Les amplitudes sont un peu trop grandes. Un filtre coupe-bande peut être essayé sous «\u202fParamètres\u202f».',
    powerLineMeansPoor:
      'Les amplitudes sont trop grandes. Vérifiez les câbles et l’électrode de référence\u202f; un filtre coupe-bande peut être essayé sous «\u202fParamètres\u202f».',
    ecgSays: (rate: string) => `Des battements du cœur se voient, ${rate} par minute.`,
    ecgCounted: (rate: string, n: number) =>
      `Des battements du cœur se voient, ${rate} par minute, et ${n < 2 ? '1 contraction n’est' : `${n} contractions ne sont`} rien d’autre.`,
    ecgMeans: 'Réglez la coupure basse du passe-bande à 30\u202fHz sous «\u202fParamètres\u202f».',
  },
})
