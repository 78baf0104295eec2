/** The rules of one version, to be read. */
import { Facts } from '../../../ui/facts.tsx'
import { Table } from '../../../ui/table.tsx'
import { type FieldName, MUSCLE_WEIGHTS, RPE_FIELDS, type Rules, WEIGHTS } from './draft.ts'
import { figureText, labelOf } from './labels.ts'
import { words } from './words.ts'

export function RulesView({ rules }: { readonly rules: Rules }) {
  const t = words()
  const facts = (names: readonly FieldName[]) => (
    <Facts facts={names.map((name) => ({ label: labelOf(name), value: figureText(rules, name) }))} />
  )
  return (
    <div class="scoring-rules">
      <section class="card">
        <h3>{t.weights}</h3>
        {facts(WEIGHTS)}
      </section>
      <section class="card">
        <h3>{t.muscleWeights}</h3>
        {facts(MUSCLE_WEIGHTS)}
      </section>
      <section class="card">
        <h3>{t.targets}</h3>
        {facts(['contractions', 'contractionSeconds', 'mvcPercent'])}
      </section>
      <section class="card">
        <h3>{t.bfr}</h3>
        {facts(['bfrLow', 'bfrHigh'])}
        <p class="soft">{t.bfrHint}</p>
      </section>
      <section class="card">
        <h3>{t.coverage}</h3>
        {facts(['minimumCoverage'])}
        <p class="soft">{t.coverageHint}</p>
      </section>
      <section class="card scoring-wide">
        <h3>{t.rpe}</h3>
        <Table caption={t.rpe} columns={[...RPE_FIELDS.map((name) => ({ number: labelOf(name) }))]}>
          <tr>
            {RPE_FIELDS.map((name) => (
              <td key={name} class="number">
                {figureText(rules, name)}
              </td>
            ))}
          </tr>
        </Table>
      </section>
    </div>
  )
}
