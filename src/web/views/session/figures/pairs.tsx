/** Left beside right, and muscles that work against each other. */
import type { AnalysedChannel, Pair } from '../../../api/shapes.ts'
import { amplitude, fixed, percent } from '../../../language/format.ts'
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

/** @param isOfContractions whether the RMS is of the contractions; else the preset gives one of the recording alone */
function symmetryFacts(pair: Symmetry, isOfContractions: boolean): Fact[] {
  const t = words()
  const rms = isOfContractions ? t.activeRms : t.rmsOfRecording
  const basis = pair.of === 'mvc-percent' ? t.ofMvc(rms) : t.ofAmplitude(rms)
  // In V whatever the units of the channels: two of them are compared.
  const side = (value: number | null): string | null =>
    value === null ? null : pair.of === 'mvc-percent' ? percent(value, 1) : amplitude(value)
  return [
    { label: t.left, value: side(pair.leftValue), note: basis },
    { label: t.right, value: side(pair.rightValue), note: basis },
    indexFact(t.robinson, t.robinsonNote, pair.robinsonIndex),
    indexFact(t.limb, t.limbNote, pair.limbSymmetryIndex),
    indexFact(t.angle, t.angleNote, pair.symmetryAngle),
    indexFact(t.ghostly, t.ghostlyNote, pair.ghostlySymmetry),
  ]
}

export function Pairs({
  pairs,
  channels,
  isHidden,
}: {
  readonly pairs: readonly Pair[]
  /** Those that the pairs are of. */
  readonly channels: readonly AnalysedChannel[]
  /** Whether there are pairs of which not both channels are shown. */
  readonly isHidden: boolean
}) {
  const t = words()
  const isOfContractions = (left: number): boolean =>
    channels.find(({ index }) => index === left)?.metrics.activeRms !== undefined
  if (pairs.length === 0) return <p class="soft">{isHidden ? t.pairsHidden : t.noPairs}</p>
  return (
    <div class="stack">
      {pairs.map((pair) =>
        pair.kind === 'symmetry' ? (
          <section key={`${pair.left} ${pair.right}`}>
            <h3>{t.symmetryOf(pair.muscle)}</h3>
            <Facts facts={symmetryFacts(pair, isOfContractions(pair.left))} />
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
