/** The sentences of analyses and scores in French. */
import { firstSaid, type Phrase } from './phrase.ts'

const SIDES: Readonly<Record<string, string>> = { left: 'gauche', right: 'droit', none: 'sans côté' }
const side = (name = ''): string => SIDES[name] ?? name

const PARTS: Readonly<Record<string, string>> = {
  completion: 'réalisation',
  intensity: 'intensité',
  duration: 'durée',
}

const MVC: Readonly<Record<string, string>> = {
  'the manual value': 'la valeur manuelle',
  'the recording’s metadata': 'la valeur des métadonnées',
  'the patient’s calibration': 'la calibration du patient',
  'the calculation from the recording': 'la valeur calculée',
  'the default': 'la valeur par défaut',
  'manual value': 'valeur manuelle',
  calibration: 'calibration',
}
const mvc = (name = ''): string => MVC[name] ?? name

const decimal = (number = ''): string => number.replace('.', ',')

/** A whole reason within a sentence. */
const reason = (text = ''): string => firstSaid(french, text) ?? text

const FIGURES: readonly Phrase[] = [
  [/^there are no samples$/, () => 'il n’y a pas d’échantillons'],
  [/^there is no contraction$/, () => 'il n’y a pas de contraction'],
  [/^there is no signal$/, () => 'il n’y a pas de signal'],
  [/^the spectrum holds no power$/, () => 'le spectre ne contient aucune puissance'],
  [/^its value is no number$/, () => 'sa valeur n’est pas un nombre'],
  [/^it was not found$/, () => 'rien n’a été trouvé'],
  [
    /^it holds one value throughout, or no numbers$/,
    () => 'il contient partout la même valeur, ou pas de nombres',
  ],
  [
    /^(\d+) of its samples are no numbers, and this preset leaves no gaps out$/,
    (count) =>
      `${count} de ses échantillons ne sont pas des nombres, et ce préréglage n’exclut pas les lacunes`,
  ],
  [
    /^the sampling rate of (\S+) Hz is too low for surface EMG; (\S+) Hz is the least$/,
    (rate, least) =>
      `la fréquence d’échantillonnage de ${decimal(rate)}\u202fHz est trop basse pour l’EMG de surface\u202f; il en faut ${least}`,
  ],
  [
    /^the sampling rate of (\S+) Hz is too low for spectra; (\S+) Hz is the least$/,
    (rate, least) =>
      `la fréquence d’échantillonnage de ${decimal(rate)}\u202fHz est trop basse pour des spectres\u202f; il en faut ${least}`,
  ],
  [
    /^the sampling rate of (\S+) Hz leaves no band between (\S+) and (\S+) Hz to filter$/,
    (rate, low, high) =>
      `la fréquence d’échantillonnage de ${decimal(rate)}\u202fHz ne laisse pas de bande entre ${low} et ${decimal(high)}\u202fHz à filtrer`,
  ],
  [
    /^there are (\d+) samples; (\d+) \((\S+) s\) is the least$/,
    (count, least, time) =>
      `il y a ${count} échantillons\u202f; il en faut ${least} (${decimal(time)}\u202fs)`,
  ],
  [
    /^there are (\d+) samples; the filter takes (\d+)$/,
    (count, least) => `il y a ${count} échantillons\u202f; le filtre en demande ${least}`,
  ],
  [
    /^its values, of up to (\S+), are no amplitudes$/,
    (size) => `ses valeurs, jusqu’à ${size}, ne sont pas des amplitudes`,
  ],
  [
    /^no stretch is as long as a segment of (\d+) samples$/,
    (count) => `aucun passage n’est aussi long qu’un segment de ${count} échantillons`,
  ],
  [
    /^(\d+) windows have a value; (\d+) is the least$/,
    (count, least) => `${count} fenêtres ont une valeur\u202f; il en faut ${least}`,
  ],
  [
    /^plugin (\S+) is quarantined: (.*)$/s,
    (name, why) => `le module ${name} est mis à l’écart\u202f: ${why}`,
  ],
]

const FATIGUE: readonly Phrase[] = [
  [
    /^no contraction was found: the windows are of the whole recording, which may be rest$/,
    () =>
      'aucune contraction n’a été trouvée\u202f: les fenêtres couvrent tout l’enregistrement, qui peut être du repos',
  ],
  [
    /^(\d+) contractions or windows have a spectrum; (\d+) is the least$/,
    (count, least) => `${count} contractions ou fenêtres ont un spectre\u202f; il en faut ${least}`,
  ],
  [/^there is no time between the points$/, () => 'il n’y a pas de temps entre les points'],
]

const PAIRS: readonly Phrase[] = [
  [/^both sides are 0$/, () => 'les deux côtés valent 0'],
  [/^the unaffected side is 0$/, () => 'le côté sain vaut 0'],
  [/^which side is affected is not known$/, () => 'le côté atteint n’est pas connu'],
  [/^the parameters ask for no RMS$/, () => 'les paramètres ne demandent pas de RMS'],
  [
    /^the (left|right) side has no amplitude: (.*)$/s,
    (where, why) => `le côté ${side(where)} n’a pas d’amplitude\u202f: ${reason(why)}`,
  ],
  [
    /^the unit of the (left|right) side is not known in volts$/,
    (where) => `l’unité du côté ${side(where)} n’est pas connue en volts`,
  ],
  [/^one of the channels has no envelope$/, () => 'l’un des canaux n’a pas d’enveloppe'],
  [
    /^one of the channels has no amplitude to divide by$/,
    () => 'l’un des canaux n’a pas d’amplitude par laquelle diviser',
  ],
  [
    /^the channels have different sampling rates$/,
    () => 'les canaux ont des fréquences d’échantillonnage différentes',
  ],
  [/^neither muscle is active$/, () => 'aucun des deux muscles n’est actif'],
  [/^no sample is free of gaps in both$/, () => 'aucun échantillon n’est sans lacune dans les deux'],
]

const MAXIMA: readonly Phrase[] = [
  [/^(the .+) comes before it$/, (name) => `${mvc(name)} passe avant`],
  [/^there is no (manual value|calibration)$/, (name) => `il n’y a pas de ${mvc(name)}`],
  [/^no stored values: (.*)$/s, (why) => `pas de valeurs enregistrées\u202f: ${reason(why)}`],
  [/^the program runs without a database$/, () => 'le programme tourne sans base de données'],
  [/^there is no database$/, () => 'il n’y a pas de base de données'],
  [/^no patient (?:was named|is known)$/, () => 'aucun patient n’est nommé'],
  [
    /^the first (manual value|calibration) holds only from (\S+) on$/,
    (name, at) => `la première ${mvc(name)} ne vaut qu’à partir du ${at}`,
  ],
  [/^the manual value was withdrawn at (\S+)$/, (at) => `la valeur manuelle a été retirée le ${at}`],
  [/^it was measured only later, at (\S+)$/, (at) => `elle n’a été mesurée que plus tard, le ${at}`],
  [/^its validity ended at (\S+)$/, (at) => `sa validité a pris fin le ${at}`],
  [
    /^it is outside of 1 uV to 10 mV, so it is no MVC$/,
    () => 'elle est hors de 1\u202fµV à 10\u202fmV\u202f: ce n’est pas une CMV',
  ],
  [
    /^the recording’s metadata names no MVC for it$/,
    () => 'les métadonnées de l’enregistrement n’en donnent pas',
  ],
  [/^(\S+:\S+) does not name it$/, (name) => `${name} ne le nomme pas`],
  [
    /^(\S+:\S+): it has (\d+) values for (\d+) channels, and no labels$/,
    (name, values, channels) => `${name} a ${values} valeurs pour ${channels} canaux, et pas de noms`,
  ],
  [/^(\S+:\S+) holds no number for it$/, (name) => `${name} n’en donne aucun nombre`],
  [
    /^(\S+:\S+) is in "(.*)", which is no voltage$/s,
    (name, unit) => `${name} est en «\u202f${unit}\u202f», ce qui n’est pas une tension`,
  ],
  [
    /^(\S+) of (\S+:\S+)(, in V for want of a unit,)? is outside of 1 uV to 10 mV$/,
    (value, name, assumed) =>
      `${decimal(value)}\u202fV de ${name}${assumed ? ' (unité supposée)' : ''} est hors de 1\u202fµV à 10\u202fmV`,
  ],
  [/^the recording’s metadata holds no number for it$/, () => 'les métadonnées n’en donnent aucun nombre'],
  [
    /^nothing could be calculated from the recording$/,
    () => 'rien n’a pu être calculé à partir de l’enregistrement',
  ],
  [/^it is not above 0$/, () => 'elle n’est pas supérieure à 0'],
  [/^no default is configured$/, () => 'aucune valeur par défaut n’est configurée'],
  [/^no rung of the cascade holds$/, () => 'aucune des origines possibles n’en donne'],
  [/^no recording is in question$/, () => 'aucun enregistrement n’est en question'],
  [/^the recording belongs to no patient$/, () => 'l’enregistrement n’appartient à aucun patient'],
  [
    /^the recording’s metadata gives no value that holds$/,
    () => 'les métadonnées de l’enregistrement ne donnent pas de valeur valable',
  ],
  [/^the request states a value$/, () => 'la demande donne une valeur'],
]

const CALIBRATION: readonly Phrase[] = [
  [
    /^its sampling rate of (\S+) Hz is too low for surface EMG; (\S+) Hz is the least$/,
    (rate, least) =>
      `sa fréquence d’échantillonnage de ${decimal(rate)}\u202fHz est trop basse pour l’EMG de surface\u202f; il en faut ${least}`,
  ],
  [
    /^it has (\d+) samples; (\d+) are the least$/,
    (count, least) => `il a ${count} échantillons\u202f; il en faut ${least}`,
  ],
  [
    /^no trial stands out from rest; state the trials in ms$/,
    () => 'aucun essai ne se détache du repos\u202f; indiquez les essais',
  ],
  [
    /^trial (\d+) is shorter than 250 ms, or most of it is a dropout$/,
    (n) => `l’essai ${n} dure moins de 250 ms, ou n’est presque que coupure`,
  ],
  [
    /^trial (\d+) ends at (\S+) ms, after the recording \((\S+) ms\)$/,
    (n, end, whole) =>
      `l’essai ${n} finit à ${decimal(end)} ms, après l’enregistrement (${decimal(whole)} ms)`,
  ],
  [
    /^its largest trial of (\S+) V(, in V for want of a declared unit,)? is outside of 1 uV to 10 mV$/,
    (value, assumed) =>
      `son plus grand essai, de ${decimal(value)}\u202fV${assumed ? ' (unité supposée)' : ''}, est hors de 1\u202fµV à 10\u202fmV`,
  ],
  [
    /^the recording has (\d+) analog channels, counted from 0$/,
    (count) => `l’enregistrement a ${count} canaux analogiques, comptés à partir de 0`,
  ],
  [/^several channels have this label$/, () => 'plusieurs canaux portent ce nom'],
  [/^the recording has no channel of this name$/, () => 'l’enregistrement n’a pas de canal de ce nom'],
]

const CHECKS: readonly Phrase[] = [
  [/^Only (\S+) s of signal\.$/, (time) => `Seulement ${decimal(time)}\u202fs de signal.`],
  [
    /^(\d+) dropouts? of (\S+) s in all; left out\.$/,
    (count, time) => `${count} coupure(s), ${decimal(time)}\u202fs en tout\u202f; exclues.`,
  ],
  [
    /^(\d+) samples? (?:is|are) no numbers?; left out\.$/,
    (count) => `${count} échantillon(s) ne sont pas des nombres\u202f; exclus.`,
  ],
  [/^There are no samples\.$/, () => 'Il n’y a pas d’échantillons.'],
  [/^None of its samples is a number\.$/, () => 'Aucun de ses échantillons n’est un nombre.'],
  [
    /^It stands still throughout: there is no signal\.$/,
    () => 'Il reste immobile du début à la fin\u202f: il n’y a pas de signal.',
  ],
  [
    /^(less than )?(\S+) % of the samples are clipped: amplitudes are lower bounds\.$/,
    (less, share) =>
      `${less ? 'moins de ' : ''}${decimal(share)}\u202f% des échantillons sont écrêtés\u202f: les amplitudes sont des minimums.`,
  ],
  [/^It cannot be filtered\.$/, () => 'Il ne peut pas être filtré.'],
  [/^Its unit is not known in volts\.$/, () => 'Son unité n’est pas connue en volts.'],
  [
    /^(.+) RMS is stated, but no EMG at the skin exceeds (.+): the unit is wrong, or a gain was not taken out\.$/,
    (found, most) =>
      `${decimal(found)} RMS est indiqué, mais aucun EMG sur la peau ne dépasse ${decimal(most)}\u202f: l’unité est fausse, ou un gain n’a pas été retiré.`,
  ],
  [
    /^(.+) RMS is stated, but no electrode is as quiet: the unit is wrong, or a gain was not taken out\.$/,
    (found) =>
      `${decimal(found)} RMS est indiqué, mais aucune électrode n’est aussi silencieuse\u202f: l’unité est fausse, ou un gain n’a pas été retiré.`,
  ],
  [
    /^No contraction was found: the muscle was at rest or active throughout, or its electrode picked up nothing\.$/,
    () =>
      'Aucune contraction n’a été trouvée\u202f: le muscle était au repos ou actif en permanence, ou l’électrode n’a rien capté.',
  ],
  [
    /^A contraction and half a second of rest were not both seen\.$/,
    () => 'Une contraction et une demi-seconde de repos n’ont pas été vues toutes les deux.',
  ],
  [
    /^Contractions stand only (\S+) dB above rest\.$/,
    (db) => `Les contractions ne dépassent le repos que de ${decimal(db)}\u202fdB.`,
  ],
  [/^No half second is free of gaps\.$/, () => 'Aucune demi-seconde n’est sans lacune.'],
  [
    /^Even the quietest half second has (.+) RMS: noise, or no rest in the recording\.$/,
    (level) =>
      `Même la demi-seconde la plus calme a ${decimal(level)} RMS\u202f: du bruit, ou pas de repos dans l’enregistrement.`,
  ],
  [
    /^Rest has (.+) RMS; under 5 µV is usual\.$/,
    (level) => `Le repos a ${decimal(level)} RMS\u202f; moins de 5\u202fµV est habituel.`,
  ],
  [/^Too short to tell the power line\.$/, () => 'Trop court pour reconnaître le secteur.'],
  [
    /^The sampling rate is too low to tell the power line\.$/,
    () => 'La fréquence d’échantillonnage est trop basse pour reconnaître le secteur.',
  ],
  [
    /^Hum(?: of (.+) RMS)? from the power line at (\d+) Hz is (\S+) % of the power\.$/,
    (size, hz, share) =>
      `Le ronflement du secteur à ${hz}\u202fHz${size ? ` (${decimal(size)} RMS)` : ''} fait ${decimal(share)}\u202f% de la puissance.`,
  ],
  [
    /^At (\S+) Hz, EMG above (\S+) Hz is lost or folded[:;] amplitudes are lower bounds\.$/,
    (rate, half) =>
      `À ${decimal(rate)}\u202fHz, l’EMG au-dessus de ${decimal(half)}\u202fHz est perdu ou replié\u202f: les amplitudes sont des minimums.`,
  ],
  [
    /^At (\S+) Hz, no spectrum is valid\.$/,
    (rate) => `À ${decimal(rate)}\u202fHz, aucun spectre n’est valable.`,
  ],
  [
    /^Heartbeats show at (\d+) a minute(?:, and (\d+) contractions? (?:is|are) nothing else)?: raise the lower corner to 30 Hz\.$/,
    (rate, taken) =>
      `Des battements du cœur se voient, ${rate} par minute${taken ? `, et ${taken} contraction(s) ne sont rien d’autre` : ''}\u202f: monter la coupure basse à 30\u202fHz.`,
  ],
]

const CHOICE: readonly Phrase[] = [
  [/^it belongs to a force plate$/, () => 'il appartient à une plateforme de force'],
  [/^its unit "(.*)" is no voltage$/s, (unit) => `son unité «\u202f${unit}\u202f» n’est pas une tension`],
  [/^"(.*)" names another signal$/s, (name) => `«\u202f${name}\u202f» désigne un autre signal`],
  [/^it has no name, and others are named as EMG$/, () => 'il n’a pas de nom, et d’autres sont nommés EMG'],
  [
    /^its name does not say EMG, and those of others do$/,
    () => 'son nom ne dit pas EMG, et ceux d’autres le disent',
  ],
  [/^it is stated that it is no EMG$/, () => 'il est indiqué que ce n’est pas de l’EMG'],
  [
    /^it is (.+) of "(.*)", a channel of this recording$/s,
    (_, name) => `c’est une image du canal «\u202f${name}\u202f» de cet enregistrement`,
  ],
  [
    /^it is (.+), and no raw signal; what is stated to be EMG is analysed all the same$/,
    () =>
      'c’est une image d’un signal, et non un signal brut\u202f; ce qui est indiqué comme EMG est analysé malgré tout',
  ],
]

/** What the reader of C3D says of places in a file. */
const PLACES = [
  ['missing', 'absent du fichier'],
  ['control characters, replaced by spaces', 'caractères de commande, remplacés par des espaces'],
  ['padded with NUL instead of spaces', 'complété par des NUL au lieu d’espaces'],
  ['not unique or blank, shown numbered', 'non uniques ou vides, affichés numérotés'],
  ['occurs twice, the first was kept', 'présent deux fois, le premier a été gardé'],
  ['declared twice, merged', 'déclaré deux fois, réuni'],
  ['its scale is 0', 'son échelle vaut 0'],
  ['its scale is no number, 1 was used', 'son échelle n’est pas un nombre, 1 a été pris'],
  ['its offset is no number, 0 was used', 'son décalage n’est pas un nombre, 0 a été pris'],
  ['holds NaN or infinity', 'contient des valeurs qui ne sont pas des nombres'],
  ['longer than its entry, clipped', 'plus long que son entrée, coupé'],
  ['has no time', 'sans moment'],
] as const

const WARNINGS: readonly Phrase[] = [
  [
    /^The file declares (\d+) frames and holds (\d+)\.$/,
    (declared, present) => `Le fichier déclare ${declared} images et en contient ${present}.`,
  ],
  [
    /^No channel of this recording is surface EMG\.$/,
    () => 'Aucun canal de cet enregistrement n’est de l’EMG de surface.',
  ],
  [
    /^No channel says that it is EMG; every voltage was analysed as EMG\.$/,
    () => 'Aucun canal ne dit qu’il est de l’EMG\u202f; chaque tension a été analysée comme EMG.',
  ],
  [
    /^Filtered before it was stored, by a filter that is not known: (.*)\.$/s,
    (names) => `Filtré avant d’être enregistré, par un filtre inconnu\u202f: ${names}.`,
  ],
  [
    /^The file states no unit of its EMG channels; volts are assumed\.$/,
    () => 'Le fichier n’indique pas l’unité de ses canaux EMG\u202f; des volts sont supposés.',
  ],
  [
    /^A sampling rate of (\S+) Hz was used in place of the declared (\S+) Hz\.$/,
    (used, declared) =>
      `Une fréquence d’échantillonnage de ${decimal(used)}\u202fHz a été utilisée à la place des ${decimal(declared)}\u202fHz déclarés.`,
  ],
  [
    /^(\d+) of the edits found no contraction at their time, or no such channel\.$/,
    (count) => `${count} des corrections n’ont trouvé ni contraction à leur moment, ni leur canal.`,
  ],
  [
    /^The part "(.*)" is left out: (.*)\.$/s,
    (part, why) => `La partie «\u202f${part}\u202f» manque\u202f: ${reason(why)}.`,
  ],
  [
    /^The (\S+) rate is (\S+) Hz, but (\S+) suggests (\S+) Hz\.$/,
    (_, rate, source, other) =>
      `La fréquence d’échantillonnage est de ${decimal(rate)}\u202fHz, mais ${source} suggère ${decimal(other)}\u202fHz.`,
  ],
  ...PLACES.map(
    ([english, french]): Phrase => [
      new RegExp(`^(.+): ${english}$`, 's'),
      (names) => `${names}\u202f: ${french}`,
    ],
  ),
]

const SCORES: readonly Phrase[] = [
  [
    /^(.*) \((left|right|none)\): (completion|intensity|duration): (.*)$/s,
    (muscle, where, part, why) =>
      `${muscle} (${side(where)})\u202f: ${PARTS[part as string]}\u202f: ${reason(why)}`,
  ],
  [/^(left|right): (.*)$/s, (where, why) => `${side(where)}\u202f: ${reason(why)}`],
  [
    /^the MVC was calculated from this recording$/,
    () => 'la CMV a été calculée à partir de cet enregistrement',
  ],
  [/^the MVC is the configured default$/, () => 'la CMV est la valeur par défaut configurée'],
  [/^the contractions could not be counted$/, () => 'les contractions n’ont pas pu être comptées'],
  [/^no contraction is asked of this muscle$/, () => 'aucune contraction n’est demandée à ce muscle'],
  [/^no MVC is known$/, () => 'aucune CMV n’est connue'],
  [
    /^not every contraction has an amplitude to hold against the MVC$/,
    () => 'certaines contractions n’ont pas d’amplitude à comparer à la CMV',
  ],
  [/^no duration is asked for$/, () => 'aucune durée n’est demandée'],
  [/^no rating of perceived exertion was given$/, () => 'aucun effort perçu n’a été indiqué'],
  [/^no game was played$/, () => 'aucun jeu n’a été joué'],
  [/^there were no points to be had$/, () => 'il n’y avait pas de points à gagner'],
  [
    /^no pressure was measured; the gate is not applied$/,
    () => 'aucune pression n’a été mesurée\u202f; la condition n’est pas appliquée',
  ],
  [/^no pressure was measured$/, () => 'aucune pression n’a été mesurée'],
  [/^no muscle has a score$/, () => 'aucun muscle n’a de score'],
  [/^no muscle of this side was analysed$/, () => 'aucun muscle de ce côté n’a été analysé'],
  [/^no muscle of this side has a score$/, () => 'aucun muscle de ce côté n’a de score'],
  [/^no part of it has a value and a weight$/, () => 'aucune de ses parties n’a une valeur et un poids'],
  [
    /^both sides are 0: there is nothing to compare$/,
    () => 'les deux côtés valent 0\u202f: il n’y a rien à comparer',
  ],
  [/^no component with a weight has a value$/, () => 'aucune composante qui a un poids n’a de valeur'],
  [
    /^only (\S+) % of the weight is there; (\S+) % is needed$/,
    (has, needs) =>
      `seulement ${decimal(has)}\u202f% du poids est là\u202f; il en faut ${decimal(needs)}\u202f%`,
  ],
]

const TRENDS: readonly Phrase[] = [
  [/^the session has no recording$/, () => 'la séance n’a pas d’enregistrement'],
  [/^the analysis failed$/, () => 'l’analyse a échoué'],
  [/^the analysis failed: (.+)$/s, (why) => `l’analyse a échoué\u202f: ${reason(why)}`],
  [
    /^The analysis failed; the log of the server has the details\.$/,
    () => 'la cause est dans le journal du serveur',
  ],
  [/^the analysis was not kept$/, () => 'l’analyse n’a pas été conservée'],
  [/^the analysis is pending$/, () => 'l’analyse est en attente'],
  [/^the analysis is processing$/, () => 'l’analyse est en cours'],
  [/^no score of the session is stored$/, () => 'aucun score de la séance n’est conservé'],
  [
    /^another MVC is in force than when it was analysed: have the session analysed again$/,
    () => 'une autre CMV est en vigueur que lors de l’analyse\u202f: faites réanalyser la séance',
  ],
  [/^the start of the treatment is not known$/, () => 'le début du traitement est inconnu'],
  [/^the treatment has not begun$/, () => 'le traitement n’a pas commencé'],
  [
    /^day (\d+) of the protocol; adherence counts from day (\d+)$/,
    (day, from) => `jour ${day} du protocole\u202f; l’adhésion est comptée à partir du jour ${from}`,
  ],
]

/** In the order in which they are tried. */
export const french: readonly Phrase[] = [
  ...FIGURES,
  ...FATIGUE,
  ...PAIRS,
  ...MAXIMA,
  ...CALIBRATION,
  ...CHECKS,
  ...CHOICE,
  ...WARNINGS,
  ...SCORES,
  ...TRENDS,
]
