/** Left beside right, and muscles that work against each other. */
import type { Pair } from '../../../api/shapes.ts'
import { amount } from '../../../language/amounts.ts'
import { fixed, percent } from '../../../language/format.ts'
import { type Fact, Facts } from '../../../ui/facts.tsx'
import { Said } from '../../../ui/said.tsx'
import { words } from './words.ts'

type Index = { readonly value: number } | { readonly value: null; readonly reason: string }
type Symmetry = Extract<Pair, { kind: 'symmetry' }>

const indexFact = (
  label: string,
  note: string,
  index: Index,
  shown: (value: number) => string = (value) => percent(value, 1),
): Fact =>
  index.value === null
    ? { label, value: null, note: <Said text={index.reason} /> }
    : { label, value: shown(index.value), note }

function symmetryFacts(pair: Symmetry, units: ReadonlyMap<number, string>): Fact[] {
  const t = words()
  const basis = pair.of === 'mvc-percent' ? t.ofMvc : t.ofAmplitude
  const side = (value: number | null, channel: number): string | null =>
    value === null
      ? null
      : pair.of === 'mvc-percent'
        ? percent(value, 1)
        : amount(value, units.get(channel) ?? '')
  return [
    { label: t.left, value: side(pair.leftValue, pair.left), note: basis },
    { label: t.right, value: side(pair.rightValue, pair.right), note: basis },
    indexFact(t.robinson, t.robinsonNote, pair.robinsonIndex),
    indexFact(t.limb, t.limbNote, pair.limbSymmetryIndex),
    indexFact(t.angle, t.angleNote, pair.symmetryAngle),
    indexFact(t.ghostly, t.ghostlyNote, pair.ghostlySymmetry),
  ]
}

export function Pairs({
  pairs,
  units,
}: {
  readonly pairs: readonly Pair[]
  /** Of channels by their index. */
  readonly units: ReadonlyMap<number, string>
}) {
  const t = words()
  if (pairs.length === 0) return <p class="soft">{t.noPairs}</p>
  return (
    <div class="stack">
      {pairs.map((pair) =>
        pair.kind === 'symmetry' ? (
          <section key={`${pair.left} ${pair.right}`}>
            <h3>{t.symmetryOf(pair.muscle)}</h3>
            <Facts facts={symmetryFacts(pair, units)} />
          </section>
        ) : (
          <section key={pair.channels.join(' ')}>
            <h3>{t.coContraction(pair.muscles.join(' / '))}</h3>
            <p class="soft">{pair.normalisation === 'mvc' ? t.byMvc : t.byPeak}</p>
            <Facts
              facts={[
                indexFact(t.falconer, t.falconerNote, pair.falconerWinter),
                indexFact(t.rudolph, t.rudolphNote, pair.rudolph, (value) => fixed(value, 2)),
              ]}
            />
          </section>
        ),
      )}
    </div>
  )
}
