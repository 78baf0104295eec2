/** Muscles and sides, as labs write them in labels. */
import type { Side } from '../../../clinical-records/index.ts'

/** Field name, and how labels name it: words in English, French and Latin, and codes as whole words. */
const MUSCLES: ReadonlyArray<readonly [name: string, label: RegExp]> = [
  ['rectus femoris', /\brect(?:us)?[ .-]*(?:fem|$)|\brf\b|\brec(?:t)?fem/],
  ['vastus lateralis', /\bvast(?:us|e)?[ .-]*lat|\bvl\b/],
  ['vastus medialis', /\bvast(?:us|e)?[ .-]*med|\bvmo?\b/],
  ['vastus intermedius', /\bvast(?:us|e)?[ .-]*int/],
  ['quadriceps', /\bquad(?:s|ri\w*)?\b/],
  ['biceps femoris', /\bbi(?:ceps|c)?[ .-]*fem|\bbf\b/],
  ['semitendinosus', /\bsemi[ .-]*tend|\bst\b/],
  ['semimembranosus', /\bsemi[ .-]*mem|\bsm\b/],
  ['hamstrings', /\bham(?:s|string\w*)?\b|\bischio/],
  [
    'gastrocnemius medialis',
    /\b(?:gas(?:t\w*)?|jumeau)[ .-]*(?:med|int)|\bmed\w*[ .-]*gas|\bgm[ .-]?h?\b|\bmg\b/,
  ],
  ['gastrocnemius lateralis', /\b(?:gas(?:t\w*)?|jumeau)[ .-]*(?:lat|ext)|\blat\w*[ .-]*gas|\bgl\b|\blg\b/],
  ['gastrocnemius', /\bgas(?:t\w*)?\b|\bjumeau/],
  ['soleus', /\bsol(?:eus|eaire|éaire)?\b/],
  ['tibialis anterior', /\btib(?:ialis)?[ .-]*(?:ant\w*)?\b|\bta\b|\bjambier/],
  ['peroneus longus', /\bperon\w*|\bfibular\w*|\bpl\b/],
  ['gluteus maximus', /\bglut\w*[ .-]*max|\bgmax\b/],
  ['gluteus medius', /\bglut\w*[ .-]*med|\bgmed\b/],
  ['tensor fasciae latae', /\btensor|\btfl\b/],
  ['adductor longus', /\badduct\w*/],
  ['gracilis', /\bgracilis/],
  ['sartorius', /\bsartorius/],
  ['iliopsoas', /\b(?:ilio)?psoas/],
  ['erector spinae', /\berector|\bes\b|\blongissimus|\biliocostal/],
  ['multifidus', /\bmultifid/],
  ['rectus abdominis', /\brect\w*[ .-]*abd/],
  ['external oblique', /\b(?:ext\w*[ .-]*)?obliq/],
  ['latissimus dorsi', /\blatissimus|\bld\b/],
  ['trapezius', /\btrap\w*/],
  ['deltoid', /\bdelt\w*/],
  ['pectoralis major', /\bpect\w*/],
  ['infraspinatus', /\binfraspin/],
  ['supraspinatus', /\bsupraspin/],
  ['serratus anterior', /\bserratus/],
  ['triceps brachii', /\btri(?:ceps)?\b/],
  ['brachioradialis', /\bbrachio ?rad/],
  ['biceps brachii', /\bbi(?:ceps)?\b/],
  ['flexor carpi radialis', /\bflex\w*[ .-]*carp\w*[ .-]*rad|\bfcr\b/],
  ['extensor carpi radialis', /\bext\w*[ .-]*carp\w*[ .-]*rad|\becr\b/],
  ['flexor digitorum', /\bflex\w*[ .-]*dig/],
  ['extensor digitorum', /\bext\w*[ .-]*dig/],
  ['masseter', /\bmasseter/],
  ['sternocleidomastoid', /\bsterno ?cl|\bscm\b/],
]

/** Codes that stand right behind their side: RVL, L-TA, LBF. */
const SIDED_CODE =
  /\b([lr])[ .-]?(vl|vmo?|rf|bf|ta|st|sm|tfl|sol|gas|ham|mg|lg|gm|gl|pl|es|gmax|gmed|delt|bic|tri|quad)\b/
const LEFT = /\b(?:l|left|lt|gauche|g|links|lewa)\b/
const RIGHT = /\b(?:r|right|rt|droite?|d|rechts|prawa)\b/

/** "LeftVastusLat", "R_TA" and "rvl" as lower-case words with the side apart. */
const wordsOf = (label: string): string =>
  label
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replaceAll(/[_:/]+/g, ' ')
    .toLowerCase()
    .replace(SIDED_CODE, '$1 $2')

export interface Anatomy {
  /** Name in the field's terms, lower case; null where the label names none. */
  readonly muscle: string | null
  /** null where the label names none; `none` is for muscles of the middle, by a profile only. */
  readonly side: Side | null
}

/**
 * The muscle and side that a label names.
 *
 * @example
 * readAnatomy('R VL') // { muscle: 'vastus lateralis', side: 'right' }
 */
export function readAnatomy(label: string): Anatomy {
  const text = wordsOf(label)
  const left = LEFT.test(text)
  const right = RIGHT.test(text)
  return {
    muscle: MUSCLES.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
    side: left === right ? null : left ? 'left' : 'right',
  }
}
