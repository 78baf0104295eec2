/** The muscles there are, in the field's terms, and which words of the vocabulary name them. */

/** Part of the body, by which names of several muscles are told. */
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
  leg('adductor hallucis', 'adductor hallucis'),
  leg('extensor digitorum longus', 'extensor digitorum longus'),
  leg('extensor digitorum brevis', 'extensor digitorum brevis'),
  leg('flexor digitorum longus', 'flexor digitorum longus'),
  leg('flexor digitorum brevis', 'flexor digitorum brevis'),
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
  arm('pectoralis minor', 'pectoralis minor'),
  arm('infraspinatus', 'infraspinatus'),
  arm('supraspinatus', 'supraspinatus'),
  arm('subscapularis', 'subscapularis'),
  arm('serratus anterior', 'serratus, serratus anterior'),
  arm('rhomboids', 'rhomboid'),
  arm('teres', 'teres'),
  arm('teres major', 'teres major'),
  arm('teres minor', 'teres minor'),
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
  arm('adductor pollicis', 'adductor pollicis'),
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

/** Names that are of several muscles of {@link MUSCLES}: a member that is named too is meant. */
export const GROUPS: readonly string[] = [
  'quadriceps',
  'hamstrings',
  'medial hamstrings',
  'triceps surae',
  'vastus',
]
