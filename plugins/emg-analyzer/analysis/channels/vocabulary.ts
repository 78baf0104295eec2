/** The words of muscles, as labs abbreviate them in Latin, English, French, German, Italian and Spanish. */

/**
 * Forms of a word. What stands before the bar is its shortest abbreviation, and every beginning of it from there on is
 * one too: `lat|eralis` is lat, late, …, lateralis. Without a bar, only the whole form counts.
 */
type Forms = string

/** Words that name a muscle, or a group of muscles. */
export const MUSCLE_WORDS: Readonly<Record<string, Forms>> = {
  rectus: 'rect|us retto recto',
  vastus: 'vas|tus vastii vasti vasto',
  vaste: 'vaste',
  biceps: 'bic|eps bicipite bizeps',
  triceps: 'tri tric|eps tricipite trizeps',
  quadriceps: 'quad|riceps quadricipite quadrizeps',
  hamstring: 'ham|string ischio|jambiers ischiocrural',
  semitendinosus: 'semit|endinosus semitendineux semitendinoso',
  semimembranosus: 'semim|embranosus semimembraneux semimembranoso',
  gastrocnemius: 'gas gast|rocnemius gastrocnemien gastrocnemio gastrok|nemius gastrocs',
  jumeau: 'jum|eau jumeaux gemello gemelo',
  surae: 'surae',
  soleus: 'sol|eus soleaire soleo',
  tibialis: 'tib|ialis tibiale tibial jambier',
  peroneus: 'pero|neus peroneal peronier perone|o fibu|laris fibulaire',
  gluteus: 'glu|teus glut|aeus glutes gluteal fessier gluteo',
  adductor: 'adduc|tor adducteur adduktor aduct|or adduttore',
  abductor: 'abduc|tor abducteur abduktor',
  gracilis: 'grac|ilis gracile',
  sartorius: 'sart|orius couturier',
  tensor: 'tens|or',
  iliopsoas: 'iliop|soas psoas',
  iliacus: 'iliac|us',
  popliteus: 'poplite|us',
  plantaris: 'plantaris',
  erector: 'erec|tor',
  longissimus: 'longis|simus',
  iliocostalis: 'ilioc|ostalis',
  paraspinal: 'parasp|inal',
  multifidus: 'mult multif|idus multifide',
  quadratus: 'quadratus',
  oblique: 'obl|iquus oblique obliquo oblicuo',
  latissimus: 'lats latis|simus',
  trapezius: 'trap|ezius trapeze trapezio',
  deltoid: 'delt|oideus deltoid deltoide',
  pectoralis: 'pect|oralis pectoral pecs',
  infraspinatus: 'infra|spinatus infraspin',
  supraspinatus: 'supra|spinatus supraspin',
  serratus: 'serr|atus',
  rhomboid: 'rhom|boideus rhomboid',
  teres: 'teres',
  subscapularis: 'subscap|ularis',
  brachialis: 'brachialis',
  brachioradialis: 'brachior|adialis',
  anconeus: 'ancon|eus',
  pronator: 'prona|tor',
  supinator: 'supina|tor',
  palmaris: 'palmaris',
  flexor: 'flexor',
  extensor: 'extensor extenseur',
  interosseus: 'interos|seus',
  masseter: 'masset|er',
  temporalis: 'temporalis',
  frontalis: 'frontalis',
  orbicularis: 'orbic|ularis',
  zygomaticus: 'zygom|aticus',
  digastric: 'digas|tricus digastric',
  scalenus: 'scalenus scalene scalenes scaleni',
  sternocleidomastoid: 'sternoc|leidomastoid sternocleidomastoideus',
  levator: 'leva|tor',
  splenius: 'splen|ius',
  piriformis: 'pirif|ormis',
  diaphragm: 'diaphragm diaphragma diaphragme',
}

/** Words that only say which muscle of a kind, and mean other things elsewhere. */
export const MODIFIERS: Readonly<Record<string, Forms>> = {
  semi: 'semi',
  tendinosus: 'tend|inosus tendineux',
  membranosus: 'mem|branosus membraneux',
  femoris: 'fem|oris femoral femorale',
  brachii: 'br brachii brach brachial brachiale',
  abdominis: 'abd|ominis abdominal abdomen abs',
  lateral: 'lat|eralis laterale',
  medial: 'med|ialis mediale medius medio moy|en middle mitte',
  anterior: 'ant|erior anterieur anteriore',
  posterior: 'post|erior posterieur posteriore',
  intermedius: 'int|ermedius',
  internal: 'int|ernus internal interne interno',
  external: 'ext|ernus external externe externo',
  maximus: 'max|imus grand grande',
  minimus: 'min|imus',
  longus: 'long|us longue lungo',
  brevis: 'brev|is',
  magnus: 'magn|us',
  flexor: 'flex|or flexors',
  extensor: 'ext|ensor extensors',
  carpi: 'carp|i',
  radialis: 'rad|ialis',
  ulnaris: 'uln|aris',
  digitorum: 'dig|itorum',
  hallucis: 'hall|ucis',
  pollicis: 'poll|icis',
  indicis: 'indicis',
  spinae: 'spin|ae',
  lumbar: 'lumb|orum lumbar lumbaris lombaire lumbalis',
  thoracic: 'thor|acic thoracis',
  dorsi: 'dorsi dorsal',
  upper: 'upp|er desc|endens superior superieur',
  lower: 'low|er ascend|ens inferior inferieur',
  transversus: 'trans|versus transverse',
  scapulae: 'scap|ulae',
  fasciae: 'fasc|iae fascia',
}

/** Abbreviations that mean a muscle only beside a side or another of these words, or glued to one: LREC, REC FEM. */
export const SHORT_WORDS: Readonly<Record<string, string>> = {
  rec: 'rectus',
  isc: 'hamstring',
  per: 'peroneus',
  add: 'adductor',
  gra: 'gracilis',
  sar: 'sartorius',
  pec: 'pectoralis',
}

/** Codes of muscles and the words they stand for; `?` and a name for what several muscles are called. */
export const CODES: Readonly<Record<string, string>> = {
  rf: 'rectus femoris',
  vl: 'vastus lateral',
  vlo: 'vastus lateral',
  vm: 'vastus medial',
  vmo: 'vastus medial',
  vml: 'vastus medial',
  bf: 'biceps femoris',
  bflh: 'biceps femoris',
  bfsh: 'biceps femoris',
  st: 'semitendinosus',
  sm: 'semimembranosus',
  mh: 'hamstring medial',
  lh: 'hamstring lateral',
  mg: 'gastrocnemius medial',
  lg: 'gastrocnemius lateral',
  gl: 'gastrocnemius lateral',
  gm: '?gm',
  gasl: 'gastrocnemius lateral',
  gasm: 'gastrocnemius medial',
  gastl: 'gastrocnemius lateral',
  gastm: 'gastrocnemius medial',
  ta: 'tibialis anterior',
  pl: 'peroneus longus',
  gmax: 'gluteus maximus',
  gmed: 'gluteus medial',
  gmin: 'gluteus minimus',
  tfl: 'tensor',
  ham: 'hamstring',
  es: 'erector',
  ra: 'rectus abdominis',
  eo: 'oblique external',
  ld: 'latissimus',
  ut: 'trapezius upper',
  bb: 'biceps brachii',
  tb: 'triceps brachii',
  brd: 'brachioradialis',
  fcr: 'flexor carpi radialis',
  fcu: 'flexor carpi ulnaris',
  ecr: 'extensor carpi radialis',
  ecrl: 'extensor carpi radialis',
  ecrb: 'extensor carpi radialis',
  ecu: 'extensor carpi ulnaris',
  fds: 'flexor digitorum',
  edc: 'extensor digitorum',
  scm: 'sternocleidomastoid',
}

export type Region = 'leg' | 'trunk' | 'arm' | 'head'

/** A muscle in the field's terms, and the sets of words that name it, as `a b, c d`. */
const leg = (name: string, named: string) => ({ name, region: 'leg' as Region, named: named.split(', ') })
const trunk = (name: string, named: string) => ({ ...leg(name, named), region: 'trunk' as Region })
const arm = (name: string, named: string) => ({ ...leg(name, named), region: 'arm' as Region })
const head = (name: string, named: string) => ({ ...leg(name, named), region: 'head' as Region })

/** Where words name several of these, the one counts that all the others are part of; else none does. */
export const MUSCLES = [
  leg('rectus femoris', 'rectus femoris, rectus anterior'),
  leg(
    'vastus lateralis',
    'vastus lateral, vastus lateral oblique, vaste lateral, vastus external, vaste external',
  ),
  leg('vastus medialis', 'vastus medial, vastus medial oblique, vaste medial, vaste internal'),
  leg('vastus intermedius', 'vastus intermedius'),
  leg('vastus', 'vastus, vaste'),
  leg('quadriceps', 'quadriceps, quadriceps femoris'),
  leg('biceps femoris', 'biceps femoris, hamstring lateral'),
  leg('semitendinosus', 'semitendinosus, semi tendinosus'),
  leg('semimembranosus', 'semimembranosus, semi membranosus'),
  leg('medial hamstrings', 'hamstring medial'),
  leg('hamstrings', 'hamstring, hamstring tibialis'),
  leg(
    'gastrocnemius medialis',
    'gastrocnemius medial, jumeau medial, jumeau internal, gastrocnemius internal',
  ),
  leg(
    'gastrocnemius lateralis',
    'gastrocnemius lateral, jumeau lateral, jumeau external, gastrocnemius external',
  ),
  leg('gastrocnemius', 'gastrocnemius, jumeau'),
  leg('triceps surae', 'triceps surae'),
  leg('soleus', 'soleus'),
  leg('tibialis anterior', 'tibialis, tibialis anterior'),
  leg('tibialis posterior', 'tibialis posterior'),
  leg('peroneus longus', 'peroneus longus, peroneus lateral'),
  leg('peroneus brevis', 'peroneus brevis'),
  leg('peroneus', 'peroneus'),
  leg('gluteus maximus', 'gluteus maximus'),
  leg('gluteus medius', 'gluteus medial'),
  leg('gluteus minimus', 'gluteus minimus'),
  leg('gluteus', 'gluteus'),
  leg('tensor fasciae latae', 'tensor'),
  leg('adductor longus', 'adductor longus'),
  leg('adductor magnus', 'adductor magnus'),
  leg('adductors', 'adductor'),
  leg('gracilis', 'gracilis'),
  leg('sartorius', 'sartorius'),
  leg('iliopsoas', 'iliopsoas'),
  leg('iliacus', 'iliacus'),
  leg('popliteus', 'popliteus'),
  leg('plantaris', 'plantaris'),
  leg('piriformis', 'piriformis'),
  leg('extensor hallucis longus', 'extensor hallucis'),
  leg('flexor hallucis longus', 'flexor hallucis'),
  trunk('erector spinae', 'erector, erector spinae, longissimus, iliocostalis, paraspinal'),
  trunk('multifidus', 'multifidus'),
  trunk('quadratus lumborum', 'quadratus lumbar'),
  trunk('rectus abdominis', 'rectus abdominis, rectus maximus'),
  trunk('external oblique', 'oblique external'),
  trunk('internal oblique', 'oblique internal'),
  trunk('oblique', 'oblique'),
  trunk('transversus abdominis', 'transversus abdominis'),
  trunk('diaphragm', 'diaphragm'),
  arm('latissimus dorsi', 'latissimus, lateral dorsi, maximus dorsi'),
  arm('upper trapezius', 'trapezius upper'),
  arm('middle trapezius', 'trapezius medial, trapezius transversus'),
  arm('lower trapezius', 'trapezius lower'),
  arm('trapezius', 'trapezius'),
  arm('anterior deltoid', 'deltoid anterior'),
  arm('middle deltoid', 'deltoid medial, deltoid lateral'),
  arm('posterior deltoid', 'deltoid posterior'),
  arm('deltoid', 'deltoid'),
  arm('pectoralis major', 'pectoralis'),
  arm('infraspinatus', 'infraspinatus'),
  arm('supraspinatus', 'supraspinatus'),
  arm('subscapularis', 'subscapularis'),
  arm('serratus anterior', 'serratus, serratus anterior'),
  arm('rhomboids', 'rhomboid'),
  arm('teres', 'teres'),
  arm('triceps brachii', 'triceps, triceps brachii'),
  arm('biceps brachii', 'biceps brachii'),
  arm('brachialis', 'brachialis'),
  arm('brachioradialis', 'brachioradialis'),
  arm('anconeus', 'anconeus'),
  arm('pronator teres', 'pronator, pronator teres'),
  arm('supinator', 'supinator'),
  arm('palmaris longus', 'palmaris'),
  arm('flexor carpi radialis', 'flexor carpi radialis'),
  arm('flexor carpi ulnaris', 'flexor carpi ulnaris'),
  arm('extensor carpi radialis', 'extensor carpi radialis'),
  arm('extensor carpi ulnaris', 'extensor carpi ulnaris'),
  arm('flexor digitorum', 'flexor digitorum'),
  arm('extensor digitorum', 'extensor digitorum'),
  head('masseter', 'masseter'),
  head('temporalis', 'temporalis'),
  head('frontalis', 'frontalis'),
  head('orbicularis', 'orbicularis'),
  head('zygomaticus', 'zygomaticus'),
  head('digastric', 'digastric'),
  head('scalenus', 'scalenus'),
  head('sternocleidomastoid', 'sternocleidomastoid'),
  head('splenius', 'splenius'),
  trunk('levator scapulae', 'levator scapulae'),
]

/**
 * What several muscles are called. One of them is meant where the recording has muscles that go with it and none that
 * go with another; else it is what the label says, or not known.
 */
export const AMBIGUOUS: ReadonlyArray<{
  readonly word: string
  readonly otherwise: string | null
  /** Muscles by name, with the regions or muscles that go with them. */
  readonly meanings: Readonly<Record<string, readonly string[]>>
}> = [
  {
    word: 'biceps',
    otherwise: 'biceps',
    meanings: { 'biceps femoris': ['leg'], 'biceps brachii': ['arm'] },
  },
  {
    word: 'rectus',
    otherwise: 'rectus',
    meanings: { 'rectus femoris': ['leg'], 'rectus abdominis': ['trunk'] },
  },
  {
    word: '?gm',
    otherwise: null,
    meanings: {
      'gastrocnemius medialis': ['gastrocnemius lateralis'],
      'gluteus medius': ['gluteus maximus'],
    },
  },
]

/** Words of a side, in these languages and those around them. */
export const SIDES: Readonly<Record<'left' | 'right', string>> = {
  left: 'l left lt gauche links linke linker linkes sinistra sinistro izquierda izquierdo esquerda esquerdo lewa lewy lewe vanster venstre vasen',
  right:
    'r right rt droite droit rechts rechte rechter rechtes destra destro derecha derecho direita direito prawa prawy prawe hoger hoyre oikea',
}

/** Abbreviations of a side that count where a muscle is named too. */
export const SIDES_OF_MUSCLES: Readonly<Record<'left' | 'right', string>> = {
  left: 'li lft lef sx sin izq esq',
  right: 're rgt rig dx dex dir der',
}

/** Names that are of several muscles of {@link MUSCLES}: a member that is named too is meant. */
export const GROUPS: readonly string[] = [
  'quadriceps',
  'hamstrings',
  'medial hamstrings',
  'triceps surae',
  'vastus',
]
